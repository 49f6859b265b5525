// The JSON report, snug-report/1. It is written piece by piece, one record, unit or finding a line:
// reports of large projects need no second copy in memory, and two of them compare well as text.
#include <ostream>
#include <string_view>

#include "report/formats/json_parts.hpp"

namespace snug {
namespace {

/// Writes `,\n "key": [` ... `]` with one element a line.
template <class Items, class ToJson>
void write_array(std::string_view key, const Items& items, const ToJson& to_json,
                 std::ostream& out) {
  out << ",\n \"" << key << "\": [";
  const char* separator = "\n  ";
  for (const auto& item : items) {
    const Json json = to_json(item);
    if (json.is_discarded()) {
      continue;
    }
    out << separator << dump(json);
    separator = ",\n  ";
  }
  out << "]";
}

Json timings_json(const std::vector<Timing>& timings) {
  Json json = Json::object();
  for (const Timing& timing : timings) {
    // Rounds repeat their steps.
    json[timing.step] = timing.seconds + json.value(timing.step, 0.0);
  }
  return json;
}

}  // namespace

void write_json(const Report& report, std::ostream& out) {
  const Model& model = *report.model;
  const Json tool = {
      {"name", "snug"}, {"version", report.tool.version}, {"libclang", report.tool.libclang}};
  out << "{\"schema\": \"snug-report/1\",\n \"tool\": " << dump(tool)
      << ",\n \"root\": " << dump(root_json(report.root))
      << ",\n \"abi\": " << dump(json_of(model.abi))
      << ",\n \"summary\": " << dump(summary_json(report));
  if (!report.timings.empty()) {
    out << ",\n \"timings\": " << dump(timings_json(report.timings));
  }
  write_array(
      "units", model.units, [&](const Unit& unit) { return json_of(unit, report.root); }, out);
  write_array(
      "files", model.file_hashes,
      [&](const auto& file) { return file_json(file.first, file.second, report.root); }, out);
  write_array(
      "records", model.records,
      [&](const Record& record) {
        return record.reported ? json_of(record, report) : Json(Json::value_t::discarded);
      },
      out);
  write_array(
      "findings", report.findings, [&](const Finding& finding) { return json_of(finding, report); },
      out);
  out << "}\n";
}

}  // namespace snug
