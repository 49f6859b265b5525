// `snug list`: records by size, padding or waste.
#include <algorithm>
#include <ostream>
#include <tuple>
#include <unordered_map>

#include "app/commands.hpp"
#include "app/output.hpp"
#include "report/list.hpp"
#include "session/better_order.hpp"
#include "session/check_selection.hpp"
#include "session/configure.hpp"
#include "session/gates.hpp"
#include "session/project.hpp"
#include "session/status.hpp"
#include "session/version.hpp"

namespace snug {
namespace {

/// What the padding check knows about a record.
struct Saving {
  std::uint64_t each = 0;
  std::uint64_t instances = 0;
};

std::unordered_map<std::string, Saving> savings_of(const std::vector<Finding>& findings) {
  std::unordered_map<std::string, Saving> savings;
  for (const Finding& finding : findings) {
    for (const SuggestedFix& fix : finding.fixes) {
      for (const SizeChange& size : fix.promise.sizes) {
        Saving& saving = savings[size.record_id];
        const std::uint64_t each = size.before - std::min(size.before, size.after);
        saving.each = std::max(saving.each, fix.safety == Safety::Refused ? 0 : each);
        saving.instances = finding.instances.value_or(0);
      }
    }
  }
  return savings;
}

std::vector<ListRow> rows_of(const Model& model, const std::vector<Finding>& findings) {
  const auto savings = savings_of(findings);
  std::vector<ListRow> rows;
  for (const Record& record : model.records) {
    if (!record.reported) {
      continue;
    }
    const PaddingSum padding = padding_of(record);
    ListRow row{&record, padding.holes + padding.tail, 0, 0};
    if (const auto found = savings.find(record.id); found != savings.end()) {
      row.saved_each = found->second.each;
      row.instances = found->second.instances;
    }
    rows.push_back(row);
  }
  return rows;
}

void sort_rows(std::vector<ListRow>& rows, SortKey key) {
  const auto value = [key](const ListRow& row) -> std::uint64_t {
    switch (key) {
      case SortKey::Size:
        return row.record->size;
      case SortKey::Padding:
        return row.padding;
      case SortKey::Waste:
        return row.waste();
      case SortKey::Name:
        return 0;
    }
    return 0;
  };
  std::sort(rows.begin(), rows.end(), [&](const ListRow& a, const ListRow& b) {
    const std::uint64_t va = value(a), vb = value(b);
    const std::uint64_t pa = key == SortKey::Waste ? a.padding : 0;
    const std::uint64_t pb = key == SortKey::Waste ? b.padding : 0;
    return std::tie(vb, pb, a.record->name, a.record->id) <
           std::tie(va, pa, b.record->name, b.record->id);
  });
}

}  // namespace

ExitStatus run_list(const Options& asked, Console& console) {
  validate_options(all_checks(), asked.check_options);
  check_output(asked, console);
  Stopwatch stopwatch;
  Project project = load_project(asked, asked.arguments, console);
  stopwatch.lap("load");
  Model model = read_model(project, asked, console, stopwatch);
  const Options options = settled(asked, project.configuration);

  // Beyond this point the parsed code is plain data.
  const DiskFiles files;
  read_rules(model, project, files);
  RecordList list = {tool_info(),
                     project.scan.root,
                     console.current_folder,
                     &model,
                     rows_of(model, padding_findings(model, files, options.check_options,
                                                     project.configuration.thread_entries)),
                     0};
  sort_rows(list.rows, options.sort);
  if (options.top != 0 && list.rows.size() > options.top) {
    list.left_out = list.rows.size() - options.top;
    list.rows.resize(options.top);
  }
  stopwatch.lap("rank");
  write_output(options, console, [&](std::ostream& out) {
    if (options.format == Format::Json) {
      write_list_json(list, out);
    } else {
      write_list_text(list, color_on_output(options, console), out);
    }
  });
  const Report report = {
      tool_info(), project.scan.root, &model, {}, console.current_folder, nullptr, {}};
  write_unit_problems(report, color_on_errors(options, console), console.err);
  if (options.timings) {
    stopwatch.print(console.err);
  }
  return units_status(model, options);
}

}  // namespace snug
