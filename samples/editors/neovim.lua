-- In init.lua. Neovim 0.11 and newer need no more than:
--   vim.lsp.config('snug', { cmd = { 'snug', 'lsp' }, filetypes = { 'c', 'cpp' }, root_markers = { '.git' } })
--   vim.lsp.enable('snug')
vim.api.nvim_create_autocmd('FileType', {
  pattern = { 'c', 'cpp' },
  callback = function()
    local marks = vim.fs and vim.fs.find({ 'compile_commands.json', '.git' }, { upward = true }) or {}
    local root = marks[1] and vim.fs.dirname(marks[1]) or vim.fn.getcwd()
    local client = vim.lsp.start_client({
      name = 'snug',
      cmd = { vim.env.SNUG or 'snug', 'lsp' },
      root_dir = root,
      init_options = { inlayHints = 'waste', codeLens = 'waste' },
    })
    vim.lsp.buf_attach_client(0, client)
  end,
})

-- The layout of the record under the cursor, in a window.
vim.api.nvim_create_user_command('SnugLayout', function()
  local params = vim.lsp.util.make_position_params()
  vim.lsp.buf_request(0, 'snug/layout', params, function(_, layout)
    if layout then vim.lsp.util.open_floating_preview(vim.split(layout.text, '\n'), 'text', {}) end
  end)
end, {})
