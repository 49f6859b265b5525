-- In init.lua. Neovim 0.11 and newer need no more than:
--   vim.lsp.config('snug', { cmd = { 'snug', 'lsp' }, filetypes = { 'c', 'cpp' }, root_markers = { '.git' } })
--   vim.lsp.enable('snug')
local clients = {} -- one for each project: it sees what all its buffers have unsaved
vim.api.nvim_create_autocmd('FileType', {
  pattern = { 'c', 'cpp' },
  callback = function()
    local marks = vim.fs and vim.fs.find({ 'compile_commands.json', '.git' }, { upward = true }) or {}
    local root = marks[1] and vim.fs.dirname(marks[1]) or vim.fn.getcwd()
    clients[root] = clients[root] or vim.lsp.start_client({
      name = 'snug',
      cmd = { vim.env.SNUG or 'snug', 'lsp' },
      root_dir = root,
      init_options = { inlayHints = 'waste', codeLens = 'waste' },
    })
    vim.lsp.buf_attach_client(0, clients[root])
  end,
})

-- The layout of the record under the cursor, in a window.
vim.api.nvim_create_user_command('SnugLayout', function()
  local params = vim.lsp.util.make_position_params()
  vim.lsp.buf_request(0, 'snug/layout', params, function(_, layout)
    if layout then vim.lsp.util.open_floating_preview(vim.split(layout.text, '\n'), 'text', {}) end
  end)
end, {})
