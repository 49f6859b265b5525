#include "app/show_layouts.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <map>
#include <optional>
#include <ostream>
#include <span>
#include <utility>

#include "app/output.hpp"
#include "base/error.hpp"
#include "layout/reordered.hpp"
#include "report/draw.hpp"
#include "report/report.hpp"
#include "session/better_order.hpp"
#include "session/missing_type.hpp"
#include "session/type_match.hpp"
#include "session/version.hpp"

namespace snug {
namespace {

/// Some fix of the finding makes one of the records smaller.
bool shrinks(const Finding& finding, const std::vector<const Record*>& records) {
  return std::any_of(records.begin(), records.end(), [&](const Record* record) {
    return shrinking_fix(*record, std::span(&finding, 1)) != nullptr;
  });
}

DrawOptions draw_options(const Options& options, const Console& console) {
  return {color_on_output(options, console), console.width, console.current_folder};
}

void draw_type(const std::string& type, const std::vector<const Record*>& records,
               const Model& model, std::span<const Finding> findings, const DrawOptions& draw,
               std::ostream& out) {
  if (records.size() > 1) {
    fmt::print(out, "'{}' names {} records; ask for one of them:\n\n", type, records.size());
    draw_matches(records, draw, out);
    return;
  }
  const Record& record = *records.front();
  const SuggestedFix* fix = shrinking_fix(record, findings);
  const std::optional<Record> moved =
      fix != nullptr ? reordered(record, model, fix->promise.order) : std::nullopt;
  const BetterOrder better = {moved.value_or(Record()), fix};
  draw_record(record, model, moved ? &better : nullptr, draw, out);
}

/// A report of these records alone, for other programs.
void write_records(const std::vector<const Record*>& records, const Model& model,
                   const std::vector<Finding>& findings, const std::string& root,
                   std::ostream& out) {
  Model only;
  only.abi = model.abi;
  only.units = model.units;
  only.file_hashes = model.file_hashes;
  for (const Record* record : records) {
    only.records.push_back(*record);
    only.records.back().reported = true;
  }
  std::sort(only.records.begin(), only.records.end(),
            [](const Record& a, const Record& b) { return a.id < b.id; });
  const auto same = [](const Record& a, const Record& b) { return a.id == b.id; };
  only.records.erase(std::unique(only.records.begin(), only.records.end(), same),
                     only.records.end());
  std::map<std::string, BetterOrder> better;
  for (const Record& record : only.records) {
    const SuggestedFix* fix = shrinking_fix(record, findings);
    if (fix == nullptr) continue;
    if (auto moved = reordered(record, model, fix->promise.order)) {
      better[record.id] = {std::move(*moved), fix};
    }
  }
  Report report = {tool_info(), root, &only, findings, "", nullptr, {}};
  report.better = std::move(better);
  write_json(report, out);
}

/// The record that a type names on a target: the only match, or the one with the same name as on
/// the first target. Null if there is none.
const Record* record_on(const std::string& type, const Model& model, std::string& name) {
  const std::vector<const Record*> records = matching_records(name.empty() ? type : name, model);
  if (records.empty()) {
    return nullptr;
  }
  if (records.size() > 1) {
    std::vector<std::string> names;
    for (const Record* record : records) {
      names.push_back(record->name);
    }
    throw Error(fmt::format("'{}' names {} records ({}); --targets needs one", type, records.size(),
                            fmt::join(names, ", ")));
  }
  name = records.front()->name;
  return records.front();
}

}  // namespace

NamedRecords records_named(const std::vector<std::string>& types, const Model& model,
                           const Files& files, const std::string& current_folder) {
  NamedRecords named{types, {}, {}};
  for (const std::string& type : types) {
    std::vector<const Record*> records = matching_records(type, model);
    if (records.empty()) {
      const std::optional<SourceName> name = name_in_sources(type, model, files);
      if (name && name->by == NamedBy::Alias) records = matching_records(name->target, model);
      if (records.empty() && name) throw Error(source_name_text(type, *name, current_folder));
    }
    if (records.empty()) {
      throw Error(fmt::format("no record is named '{}'{} ('snug list' names those of the project)",
                              type, type_hint(type, model)));
    }
    named.all.insert(named.all.end(), records.begin(), records.end());
    named.of_type.push_back(std::move(records));
  }
  return named;
}

void keep_about(const std::vector<const Record*>& records, std::vector<Finding>& findings) {
  std::erase_if(findings, [&](const Finding& finding) {
    return !shrinks(finding, records) &&
           std::none_of(records.begin(), records.end(),
                        [&](const Record* record) { return finding.where == record->where; });
  });
}

void write_layouts(const NamedRecords& named, std::vector<Finding> findings, Run& run) {
  std::erase_if(findings, [&](const Finding& finding) { return !shrinks(finding, named.all); });
  const Model& model = run.session.model();
  write_output(run.options, run.console, [&](std::ostream& out) {
    if (run.options.printing.format == Format::Json) {
      return write_records(named.all, model, findings, run.session.project().scan.root, out);
    }
    for (std::size_t i = 0; i < named.types.size(); ++i) {
      out << (i == 0 ? "" : "\n");
      draw_type(named.types[i], named.of_type[i], model, findings,
                draw_options(run.options, run.console), out);
    }
  });
}

void write_targets(const std::vector<std::string>& types, const std::vector<Model>& models,
                   const Options& options, Console& console) {
  write_output(options, console, [&](std::ostream& out) {
    for (std::size_t i = 0; i < types.size(); ++i) {
      std::vector<TargetLayout> layouts;
      std::string name;
      for (const Model& model : models) {
        layouts.push_back({&model, record_on(types[i], model, name)});
      }
      if (name.empty()) {
        throw Error(fmt::format("no record is named '{}' on any of the targets{}", types[i],
                                type_hint(types[i], models.front())));
      }
      out << (i == 0 ? "" : "\n");
      draw_targets(layouts, draw_options(options, console), out);
    }
  });
}

}  // namespace snug
