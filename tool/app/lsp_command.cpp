// `snug lsp`: a language server.
#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/run.hpp"
#include "base/error.hpp"
#include "lsp/serve.hpp"
#include "session/session.hpp"

namespace snug {

const std::string_view lsp_description =
    "Speaks the language server protocol (3.17) on standard input and output. An editor starts it "
    "and shows the results: on hover size, alignment, padding, cache lines and a drawing of a "
    "record, offset and size of a field; padding behind fields as inlay hints; above records what "
    "a reorder saves; the findings of 'snug check' as diagnostics (notes as hints); fixes, marks "
    "to ignore a finding with a reason, budgets and frozen layouts as code actions. Nothing is "
    "written to the disk but by the editor (and kept results, see 'snug help cache').\n\n"
    "Code is read as the editor has it, unsaved text included, in processes of their own: first "
    "without function bodies, a moment after the last keystroke, then all of it. A file that does "
    "not compile keeps its last layouts, marked stale, where the text is as it was. A header is "
    "read through a unit that includes it. Where the database compiles a file in several ways, the "
    "first one gives the layouts, and all of them the findings. A fix is proven when it is "
    "applied, in every unit that "
    "may include an edited file; its edits are for the text that was proven, or there are none.\n\n"
    "The database is searched as 'snug check' does, for each file. The settings of the client "
    "(initializationOptions or workspace/didChangeConfiguration, with or without a 'snug' object "
    "around them) are:\n\n"
    "    buildFolder  as -p\n"
    "    checks       as --checks\n"
    "    level        note or warning; without it that of .snug.toml, else note\n"
    "    hover        off, definitions or all (also where code names a record or field)\n"
    "    inlayHints   off, waste (padding) or all (cache lines too)\n"
    "    codeLens     off, waste (what can be saved) or all\n"
    "    coexist      true: hovers leave out what clangd says\n\n"
    "Its own requests are snug/layout {textDocument, position, targets?}, which returns the record "
    "at or around the position with its slots, the suggested order and finished text, and "
    "snug/records {sort?, top?}. snug/layoutChanged reports when to ask again. The commands are "
    "snug.showLayout, snug.checkProject, snug.applySafeFixes and snug.explainCheck.";

ExitStatus run_lsp(const Options& options, Console& console) {
  if (!options.arguments.empty()) {
    throw Error(fmt::format("'snug lsp' takes no words, but '{}' was given: the editor names files",
                            options.arguments.front()));
  }
  (void)chosen_checks(options.check, false);  // what is misspelt is told at once
  lsp::ServeOptions serve;
  serve.spec = options.project;
  serve.spec.cache = cache_folder(options, console);
  serve.spec.shared_cache = options.shared_cache;
  serve.spec.cache_read_only = options.cache_read_only;
  serve.spec.current_folder = console.current_folder;
  if (!serve.spec.build.empty()) {
    serve.spec.build = normal_path(serve.spec.build, console.current_folder);
  }
  if (!serve.spec.config.empty()) {
    serve.spec.config = normal_path(serve.spec.config, console.current_folder);
  }
  serve.plan = options.check;
  serve.plan.usual_level = Level::Note;  // shown as hints
  serve.log = options.writing.log;
  const int status = lsp::serve(serve, console.files);
  return status == 0 ? ExitStatus::Ok : ExitStatus::Findings;
}

}  // namespace snug
