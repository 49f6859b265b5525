// `snug list`: records by size, padding or waste.
#include <ostream>

#include "app/commands.hpp"
#include "app/output.hpp"
#include "app/run.hpp"
#include "gate/places.hpp"
#include "report/list.hpp"
#include "session/check_selection.hpp"
#include "session/ranking.hpp"
#include "session/version.hpp"

namespace snug {

namespace {

/// Says which records are code of others, or of tests.
void mark_rows(std::vector<ListRow>& rows, const Model& model, const Project& project,
               const Files& files) {
  BundledCode code(project.scan.root, project.configuration.bundled, files);
  const TestFiles tests = test_files_of(model, project.scan.root);
  for (ListRow& row : rows) {
    row.bundled = code.folder_of(row.record->where.file);
    row.test = tests.contains(row.record->where.file);
  }
}

}  // namespace

ExitStatus run_list(const Options& options, Console& console) {
  validate_options(all_checks(), options.check.options);
  Run run(options, options.arguments, console);
  const std::vector<Finding> findings = run.session.orders(options.check);
  const Model& model = run.session.model();
  RecordList list = {tool_info(), run.session.project().scan.root, console.current_folder,
                     &model,      list_rows(model, findings),      0};
  mark_rows(list.rows, model, run.session.project(), run.session.files());
  const Printing& printing = options.printing;
  sort_rows(list.rows, printing.sort);
  if (printing.top != 0 && list.rows.size() > printing.top) {
    list.left_out = list.rows.size() - printing.top;
    list.rows.resize(printing.top);
  }
  write_output(options, console, [&](std::ostream& out) {
    if (printing.format == Format::Json) {
      write_list_json(list, out);
    } else {
      write_list_text(list, color_on_output(options, console), out);
    }
  });
  return run.finish(model);
}

}  // namespace snug
