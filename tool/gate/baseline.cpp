#include "gate/baseline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/error.hpp"
#include "gate/json_model.hpp"
#include "gate/json_reader.hpp"
#include "model/slot_diff.hpp"

namespace snug {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view baseline_schema = "snug-baseline/1";

std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json json_of(const KnownFinding& finding) {
  return {{"fingerprint", finding.fingerprint},
          {"check", finding.check},
          {"level", to_string(finding.level)},
          {"subject", finding.subject},
          {"count", finding.count}};
}

Json json_of(const FrozenLayout& frozen) {
  Json slots = Json::array();
  for (const Slot& slot : frozen.layout.slots) slots.push_back(json_of_slot(slot));
  return {{"name", frozen.name},
          {"size", frozen.layout.size},
          {"align", frozen.layout.align},
          {"slots", std::move(slots)}};
}

template <class Items>
std::string lines_of(const Items& items) {
  std::string out;
  for (const auto& item : items) {
    out += (out.empty() ? "\n  " : ",\n  ") + line_of(json_of(item));
  }
  return out;
}

KnownFinding known_finding(const JsonValue& json) {
  KnownFinding finding;
  finding.fingerprint = json["fingerprint"].text();
  finding.check = json["check"].text();
  finding.level = level_from(json["level"]);
  finding.subject = json["subject"].text();
  finding.count = json["count"].count();
  if (finding.count == 0) json["count"].wrong("cannot be 0");
  return finding;
}

FrozenLayout frozen_layout(const JsonValue& json) {
  FrozenLayout frozen;
  frozen.name = json["name"].text();
  frozen.layout.size = json["size"].count();
  frozen.layout.align = json["align"].count();
  for (const JsonValue& slot : json["slots"].items()) {
    frozen.layout.slots.push_back(slot_from(slot));
  }
  return frozen;
}

bool equal(const AgreedLayout& layout, const Record& record) {
  return layout.size == record.size && layout.align == record.align &&
         slot_changes(layout.slots, record.slots).empty();
}

/// Fields with names, types and places; what a baseline keeps of a slot.
std::vector<Slot> bare(const std::vector<Slot>& slots) {
  std::vector<Slot> out;
  for (const Slot& slot : slots) {
    Slot copy;
    copy.kind = slot.kind;
    copy.name = slot.name;
    copy.type = slot.type;
    copy.extent = slot.extent;
    copy.align_bits = slot.align_bits;
    copy.members = bare(slot.members);
    out.push_back(std::move(copy));
  }
  return out;
}

}  // namespace

Baseline baseline_of(const Model& model, std::span<const Finding> findings,
                     std::span<const std::string> fingerprints) {
  Baseline baseline;
  baseline.target = model.abi.target;
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const auto [place, fresh] = places.try_emplace(fingerprints[i], baseline.findings.size());
    if (!fresh) {
      ++baseline.findings[place->second].count;
      continue;
    }
    baseline.findings.push_back({fingerprints[i], findings[i].check, findings[i].level,
                                 lasting_name(findings[i].subject), 1});
  }
  std::sort(baseline.findings.begin(), baseline.findings.end(),
            [](const KnownFinding& a, const KnownFinding& b) {
              return std::tie(a.check, a.subject, a.fingerprint) <
                     std::tie(b.check, b.subject, b.fingerprint);
            });
  for (const RecordRules& rules : model.rules.records) {
    const Record* const record = model.find(rules.record_id);
    if (!rules.frozen || record == nullptr) continue;
    baseline.frozen.push_back({record->name, {record->size, record->align, bare(record->slots)}});
  }
  std::stable_sort(baseline.frozen.begin(), baseline.frozen.end(),
                   [](const FrozenLayout& a, const FrozenLayout& b) { return a.name < b.name; });
  return baseline;
}

std::string to_text(const Baseline& baseline) {
  return fmt::format(
      "{{\"schema\": \"{}\",\n \"target\": {},\n \"findings\": [{}],\n \"frozen\": [{}]}}\n",
      baseline_schema, line_of(baseline.target), lines_of(baseline.findings),
      lines_of(baseline.frozen));
}

Baseline read_baseline(std::string_view text, const std::string& name) {
  const nlohmann::json json = parse_json(text, name);
  const JsonValue root(json, name);
  if (const std::string found = root["schema"].text(); found != baseline_schema) {
    root["schema"].wrong(fmt::format(
        "is '{}', but a baseline of this program is '{}' (write it with --write-baseline)", found,
        baseline_schema));
  }
  Baseline baseline;
  baseline.target = root["target"].text();
  for (const JsonValue& item : root["findings"].items()) {
    baseline.findings.push_back(known_finding(item));
  }
  for (const JsonValue& item : root["frozen"].items()) {
    baseline.frozen.push_back(frozen_layout(item));
  }
  return baseline;
}

void agree(const Model& model, const Baseline& baseline, Rules& rules) {
  rules.baseline_read = true;
  std::multimap<std::string_view, const AgreedLayout*> by_name;
  for (const FrozenLayout& frozen : baseline.frozen) {
    by_name.emplace(frozen.name, &frozen.layout);
  }
  for (RecordRules& rule : rules.records) {
    const Record* const record = model.find(rule.record_id);
    if (!rule.frozen || record == nullptr) continue;
    // Types of one name (in unnamed namespaces) are told apart by their layouts.
    const auto [begin, end] = by_name.equal_range(record->name);
    auto match =
        std::find_if(begin, end, [&](const auto& entry) { return equal(*entry.second, *record); });
    if (match == end) match = begin;
    if (match != end) rule.agreed = *match->second;
  }
}

std::vector<KnownFinding> compare(const Baseline& baseline,
                                  std::span<const std::string> fingerprints,
                                  std::vector<Finding>& findings) {
  std::map<std::string_view, std::uint64_t> left;
  for (const KnownFinding& known : baseline.findings) left[known.fingerprint] += known.count;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const auto known = left.find(fingerprints[i]);
    const bool is_known = known != left.end() && known->second > 0;
    if (is_known) --known->second;
    findings[i].state = is_known ? FindingState::Known : FindingState::New;
  }
  std::vector<KnownFinding> gone;
  for (const KnownFinding& known : baseline.findings) {
    std::uint64_t& count = left[known.fingerprint];
    if (count == 0) continue;
    gone.push_back(known);
    gone.back().count = std::min(count, known.count);
    count -= gone.back().count;
  }
  return gone;
}

std::vector<std::string> vanished_frozen(const Baseline& baseline, const Model& model) {
  std::set<std::string_view> names;
  for (const RecordRules& rules : model.rules.records) {
    const Record* const record = model.find(rules.record_id);
    if (rules.frozen && record != nullptr) names.insert(record->name);
  }
  std::vector<std::string> vanished;
  for (const FrozenLayout& frozen : baseline.frozen) {
    if (!names.contains(frozen.name)) vanished.push_back(frozen.name);
  }
  return vanished;
}

}  // namespace snug
