#include <ostream>

#include "report/diff.hpp"
#include "report/formats/json_parts.hpp"

namespace snug {
namespace {

Json side_json(const RecordDiff::Side& side) {
  return {{"name", side.name},
          {"location", json_of(side.where, "")},
          {"size", side.size},
          {"align", side.align},
          {"padding", side.padding}};
}

std::string_view word(SlotChange::Kind kind) {
  switch (kind) {
    case SlotChange::Kind::Added:
      return "added";
    case SlotChange::Kind::Removed:
      return "removed";
    case SlotChange::Kind::Renamed:
      return "renamed";
    case SlotChange::Kind::Changed:
      return "changed";
  }
  return "";
}

Json change_json(const SlotChange& change) {
  const bool added = change.kind == SlotChange::Kind::Added;
  const bool removed = change.kind == SlotChange::Kind::Removed;
  return {{"kind", word(change.kind)},
          {"before", added ? Json(nullptr) : json_of(change.before)},
          {"after", removed ? Json(nullptr) : json_of(change.after)}};
}

Json record_json(const RecordDiff& record) {
  Json slots = Json::array();
  for (const SlotChange& change : record.slots) slots.push_back(change_json(change));
  const bool appeared = record.kind == RecordDiff::Kind::Appeared;
  const bool vanished = record.kind == RecordDiff::Kind::Vanished;
  return {{"kind", to_string(record.kind)},
          {"growth", record.growth()},
          {"before", appeared ? Json(nullptr) : side_json(record.before)},
          {"after", vanished ? Json(nullptr) : side_json(record.after)},
          {"slots", std::move(slots)}};
}

Json totals_json(const RunTotals& totals) {
  return {{"records", totals.records},
          {"record_bytes", totals.bytes},
          {"padding_bytes", totals.padding},
          {"units_failed", totals.units_failed}};
}

Json findings_json(const std::vector<Finding>& findings,
                   const std::vector<std::string>& fingerprints) {
  Json list = Json::array();
  for (std::size_t i = 0; i < findings.size(); ++i) {
    list.push_back({{"check", findings[i].check},
                    {"level", to_string(findings[i].level)},
                    {"message", findings[i].message},
                    {"location", json_of(findings[i].where, "")},
                    {"fingerprint", fingerprints[i]},
                    {"bytes_saved", findings[i].bytes_saved}});
  }
  return list;
}

}  // namespace

void write_diff_json(const DiffReport& report, std::ostream& out) {
  const RunDiff& diff = *report.diff;
  out << "{\"schema\": \"snug-diff/1\",\n \"target\": " << dump(diff.target)
      << ",\n \"before\": " << dump(totals_json(diff.before))
      << ",\n \"after\": " << dump(totals_json(diff.after)) << ",\n \"records\": [";
  const char* separator = "\n  ";
  for (const RecordDiff& record : diff.records) {
    out << separator << dump(record_json(record));
    separator = ",\n  ";
  }
  const Json findings =
      diff.has_findings ? Json{{"new", findings_json(diff.new_findings, diff.new_fingerprints)},
                               {"gone", findings_json(diff.gone_findings, diff.gone_fingerprints)}}
                        : Json(nullptr);
  out << "],\n \"findings\": " << dump(findings) << "}\n";
}

}  // namespace snug
