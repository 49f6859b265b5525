#include "gate/read_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gate/json_model.hpp"
#include "gate/json_reader.hpp"

namespace snug {
namespace {

constexpr std::string_view report_schema = "snug-report/1";

Abi abi_from(const JsonValue& json) {
  Abi abi;
  abi.target = json["target"].text();
  abi.pointer_bytes = json["pointer_bytes"].small_count();
  abi.cache_line_bytes = json["cache_line_bytes"].small_count();
  return abi;
}

Unit unit_from(const JsonValue& json) {
  constexpr std::array statuses = {UnitStatus::Ok,          UnitStatus::Failed,
                                   UnitStatus::Crashed,     UnitStatus::Timeout,
                                   UnitStatus::MemoryLimit, UnitStatus::Skipped};
  Unit unit;
  unit.file = json["file"].text();
  const std::string status = json["status"].text();
  const auto known = std::find_if(statuses.begin(), statuses.end(),
                                  [&](UnitStatus one) { return to_string(one) == status; });
  if (known == statuses.end()) json["status"].wrong(fmt::format("cannot be '{}'", status));
  unit.status = *known;
  for (const JsonValue& problem : json["problems"].items()) {
    unit.problems.push_back(problem.text());
  }
  return unit;
}

/// Slots lie in the record. That they cover it cannot be asked: a report does not tell which
/// members let others use their tails.
void check_layout(const Record& record, const JsonValue& json) {
  constexpr std::uint64_t most_bytes = std::uint64_t{1} << 58U;
  if (record.size > most_bytes) json["size"].wrong("is too large");
  if (record.align == 0) json["align"].wrong("cannot be 0");
  for (std::size_t i = 0; i < record.slots.size(); ++i) {
    const Slot& slot = record.slots[i];
    if (slot.extent.end_bits() > 8 * record.size && slot.extent.size_bits != 0) {
      json["slots"].items()[i].wrong("ends behind its record");
    }
  }
}

Record record_from(const JsonValue& json) {
  Record record;
  record.id = json["id"].text();
  record.name = json["name"].text();
  record.kind = record_kind_from(json["kind"]);
  record.where = range_from(json["location"]);
  record.size = json["size"].count();
  record.align = json["align"].count();
  record.template_id = json["template"].text();
  const std::vector<JsonValue> traits = json["traits"].items();
  record.traits.unnamed = std::any_of(traits.begin(), traits.end(), [](const JsonValue& trait) {
    return trait.text() == "unnamed";
  });
  for (const JsonValue& slot : json["slots"].items()) record.slots.push_back(slot_from(slot));
  check_layout(record, json);
  return record;
}

Finding finding_from(const JsonValue& json) {
  Finding finding;
  finding.check = json["check"].text();
  finding.level = level_from(json["level"]);
  finding.message = json["message"].text();
  finding.where = range_from(json["location"]);
  finding.record_id = json["record"].text();
  finding.bytes_saved = json["bytes_saved"].integer();
  if (!json["instances"].is_null()) finding.instances = json["instances"].count();
  if (json.has("state")) {
    const std::string state = json["state"].text();
    if (state != "new" && state != "known") {
      json["state"].wrong(fmt::format("cannot be '{}': it is new or known", state));
    }
    finding.state = state == "known" ? FindingState::Known : FindingState::New;
  }
  return finding;
}

}  // namespace

RunResult read_report(std::string_view text, const std::string& name) {
  const nlohmann::json json = parse_json(text, name);
  const JsonValue root(json, name);
  if (const std::string found = root["schema"].text(); found != report_schema) {
    root["schema"].wrong(
        fmt::format("is '{}', but a report that can be compared is '{}' (write it "
                    "with 'snug check --format json -o FILE')",
                    found, report_schema));
  }
  RunResult result;
  result.name = name;
  result.has_findings = true;
  result.model.abi = abi_from(root["abi"]);
  for (const JsonValue& unit : root["units"].items()) {
    result.model.units.push_back(unit_from(unit));
  }
  for (const JsonValue& record : root["records"].items()) {
    result.model.records.push_back(record_from(record));
  }
  std::stable_sort(result.model.records.begin(), result.model.records.end(),
                   [](const Record& a, const Record& b) { return a.id < b.id; });
  for (const JsonValue& finding : root["findings"].items()) {
    result.findings.push_back(finding_from(finding));
    result.fingerprints.push_back(finding["fingerprint"].text());
  }
  return result;
}

}  // namespace snug
