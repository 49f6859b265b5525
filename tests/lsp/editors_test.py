#!/usr/bin/env python3
"""Runs `snug lsp` in editors, with the set-ups of samples/editors, and packs the extension.

editors_test.py neovim|emacs|vscode SNUG SOURCE_DIR
Exits with 77 and the reason where an editor or npm's packages are absent.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HEADER = "struct Order {\n  bool live;\n  double price;\n  bool hidden;\n};\n"
SOURCE = '#include "order.hpp"\nOrder orders[64];\nOrder one{true, 1.5, false};\n'


def skip(reason):
    print("skipped:", reason)
    sys.exit(77)


def project(folder):
    (folder / ".snug.toml").write_text("")
    (folder / ".git").mkdir()
    (folder / "order.hpp").write_text(HEADER)
    (folder / "order.cpp").write_text(SOURCE)
    command = {"directory": str(folder), "file": "order.cpp", "command": "c++ -std=c++20 -c order.cpp"}
    (folder / "compile_commands.json").write_text(json.dumps([command]))


def environment(folder, snug):
    home = folder.parent / "home"
    home.mkdir()
    # Without a server of another program beside it.
    return dict(os.environ, HOME=str(home), XDG_CONFIG_HOME=str(home), XDG_DATA_HOME=str(home),
                XDG_STATE_HOME=str(home), XDG_CACHE_HOME=str(home), SNUG=snug)


def check_result(folder):
    """The saved files compile and have the size that was promised."""
    compiler = shutil.which("c++") or skip("there is no c++")
    probe = folder / "probe.cpp"
    probe.write_text('#include "order.cpp"\nstatic_assert(sizeof(Order) == 16);\n'
                     "static_assert(__builtin_offsetof(Order, price) % 8 == 0);\n")
    done = subprocess.run([compiler, "-std=c++20", "-fsyntax-only", str(probe)], capture_output=True,
                          text=True)
    assert done.returncode == 0, done.stderr
    assert "{true, 1.5, false}" not in (folder / "order.cpp").read_text()


def run(command, folder, env, report):
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=240)
    text = report.read_text() if report.exists() else ""
    print(text)
    if "PASSED" not in text:
        print(done.stdout[-4000:], done.stderr[-4000:])
        sys.exit(1)


NEOVIM = r"""
local report = io.open(vim.env.REPORT, 'w')
local function say(text) report:write(text .. '\n') report:flush() end
local ok, problem = pcall(function()
  vim.cmd('edit order.cpp')
  local source = vim.api.nvim_get_current_buf()
  vim.cmd('edit order.hpp')
  local header = vim.api.nvim_get_current_buf()
  vim.bo.filetype = 'cpp'
  local function wait(what, condition)
    assert(vim.wait(120000, condition, 50), 'waited in vain for ' .. what)
    say(what)
  end
  wait('client', function() return #vim.lsp.buf_get_clients(header) > 0 end)
  wait('diagnostics', function() return #vim.diagnostic.get(header) > 0 end)
  local one = vim.diagnostic.get(header)[1]
  assert(one.source == 'snug', one.source)
  vim.api.nvim_win_set_cursor(0, { 1, 8 })
  local function ask(method, params)
    local answers = vim.lsp.buf_request_sync(header, method, params, 120000)
    for _, answer in pairs(answers) do return answer.result, answer.error end
  end
  local hover = ask('textDocument/hover', vim.lsp.util.make_position_params())
  assert(hover.contents.value:find('24 bytes, align 8', 1, true), vim.inspect(hover))
  say('hover')
  local params = { textDocument = vim.lsp.util.make_text_document_params() }
  local lenses = ask('textDocument/codeLens', params)
  assert(lenses[1].command.title == '24 bytes, 14 padding: reorder saves 8', vim.inspect(lenses))
  say('lens')
  params = vim.lsp.util.make_range_params()
  params.context = { diagnostics = {} }
  local actions = ask('textDocument/codeAction', params)
  local fix
  for _, action in ipairs(actions) do
    if action.title:find('Reorder', 1, true) then fix = action end
  end
  assert(fix, vim.inspect(actions))
  local resolved, failed = ask('codeAction/resolve', fix)
  assert(resolved, vim.inspect(failed))
  say(resolved.title)
  local client = vim.lsp.buf_get_clients(header)
  for _, one_client in pairs(client) do
    vim.lsp.util.apply_workspace_edit(resolved.edit, one_client.offset_encoding)
  end
  local text = table.concat(vim.api.nvim_buf_get_lines(source, 0, -1, false), '\n')
  assert(not text:find('{true, 1.5, false}', 1, true), text)
  vim.cmd('wall')
  wait('no diagnostics', function()
    for _, left in ipairs(vim.diagnostic.get(header)) do
      if left.code == 'padding' and left.message:find("'Order' wastes", 1, true) then return false end
    end
    return true
  end)
  say('PASSED')
end)
if not ok then say(tostring(problem)) end
vim.cmd('qall!')
"""


def neovim(snug, sources):
    editor = shutil.which("nvim") or skip("neovim is not installed")
    with tempfile.TemporaryDirectory() as top:
        folder = Path(os.path.realpath(top)) / "project"
        folder.mkdir()
        project(folder)
        script = folder.parent / "test.lua"
        script.write_text(NEOVIM)
        report = folder.parent / "report"
        env = dict(environment(folder, snug), REPORT=str(report))
        run([editor, "--headless", "-u", f"{sources}/samples/editors/neovim.lua", "-c",
             f"luafile {script}"], folder, env, report)
        check_result(folder)


EMACS = r"""
(setq make-backup-files nil eglot-confirm-server-initiated-edits nil eglot-autoshutdown nil)
(setq eglot-connect-timeout 120 eglot-sync-connect 120 jsonrpc-default-request-timeout 120)
(defvar report (getenv "REPORT"))
(defun say (text) (append-to-file (concat text "\n") nil report))
(defun wait-until (what condition)
  (let ((end (+ (float-time) 120)))
    (while (and (not (funcall condition)) (< (float-time) end))
      (accept-process-output nil 0.1))
    (unless (funcall condition) (error "waited in vain for %s" what))
    (say what)))
(condition-case problem
    (progn
      (find-file "order.cpp")
      (find-file "order.hpp")
      (c++-mode)
      (flymake-mode 1)
      (apply #'eglot (eglot--guess-contact))
      (with-current-buffer "order.cpp" (eglot--maybe-activate-editing-mode))
      (wait-until "diagnostics" (lambda () (flymake-start) (flymake-diagnostics)))
      (goto-char 9)
      (let* ((server (eglot-current-server))
             (hover (jsonrpc-request server :textDocument/hover
                                     (eglot--TextDocumentPositionParams) :timeout 120)))
        (unless (string-match-p "24 bytes, align 8" (plist-get (plist-get hover :contents) :value))
          (error "%S" hover))
        (say "hover")
        (let* ((actions (jsonrpc-request
                         server :textDocument/codeAction
                         (list :textDocument (eglot--TextDocumentIdentifier)
                               :range (list :start (eglot--pos-to-lsp-position 9)
                                            :end (eglot--pos-to-lsp-position 9))
                               :context '(:diagnostics []))
                         :timeout 120))
               (fix (seq-find (lambda (action)
                                (string-match-p "Reorder" (plist-get action :title)))
                              actions))
               (resolved (jsonrpc-request server :codeAction/resolve fix :timeout 120)))
          (say (plist-get resolved :title))
          (eglot--apply-workspace-edit (plist-get resolved :edit))))
      (save-some-buffers t)
      (say "PASSED"))
  (error (say (format "%S" problem))))
(kill-emacs)
"""


def emacs(snug, sources):
    editor = shutil.which("emacs") or skip("emacs is not installed")
    has = subprocess.run([editor, "--batch", "--eval", "(progn (package-initialize) (require 'eglot))"],
                         capture_output=True)
    if has.returncode != 0:
        skip("this emacs has no eglot")
    with tempfile.TemporaryDirectory() as top:
        folder = Path(os.path.realpath(top)) / "project"
        folder.mkdir()
        project(folder)
        script = folder.parent / "test.el"
        script.write_text(EMACS)
        report = folder.parent / "report"
        env = dict(environment(folder, snug), REPORT=str(report))
        run([editor, "--batch", "--eval", "(package-initialize)", "-l",
             f"{sources}/samples/editors/emacs.el", "-l", str(script)], folder, env, report)
        check_result(folder)


def vscode(snug, sources):
    """Types, bundle and package; settings and commands of the manifest are those of the code."""
    extension = Path(sources) / "tool/editors/vscode"
    modules = Path(os.environ.get("SNUG_NODE_MODULES", extension / "node_modules"))
    manifest = json.loads((extension / "package.json").read_text())
    code = "".join(file.read_text() for file in (extension / "src").glob("*.ts"))
    for command in manifest["contributes"]["commands"]:
        assert f'"{command["command"]}"' in code, command
    for setting in manifest["contributes"]["configuration"]["properties"]:
        name = setting.removeprefix("snug.")
        # The trace is read by the language client itself.
        assert name == "trace.server" or f'"{name}"' in code, setting
    if not (modules / ".bin/vsce").exists():
        skip("npm's packages are not installed (npm ci in tool/editors/vscode)")
    with tempfile.TemporaryDirectory() as top:
        copy = Path(top) / "vscode"
        shutil.copytree(extension, copy, ignore=shutil.ignore_patterns("node_modules", "dist"))
        (copy / "node_modules").symlink_to(modules)
        subprocess.run(["npm", "run", "package"], cwd=copy, check=True, timeout=280)
        names = zipfile.ZipFile(copy / "snug.vsix").namelist()
        assert "extension/dist/extension.js" in names, names
        assert not any("node_modules" in name or name.endswith(".ts") for name in names), names
    print("packed:", len(names), "files")


if __name__ == "__main__":
    {"neovim": neovim, "emacs": emacs, "vscode": vscode}[sys.argv[1]](sys.argv[2], sys.argv[3])
