#include "gate/match_profile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/spelling.hpp"
#include "gate/printed_name.hpp"

namespace snug {

namespace {

using Records = std::vector<const Record*>;

/// Names are compared with all others to find what was meant; for so many of them.
constexpr std::size_t most_hints = 20;

/// The records of a model by their names.
class Names {
 public:
  explicit Names(const Model& model) {
    for (const Record& record : model.records) {
      exact_[canonical_name(record.name)].push_back(&record);
      by_last_.emplace(last_name(record.name), &record);
      if (record.reported) known_.push_back(record.name);
    }
    std::sort(known_.begin(), known_.end());
    known_.erase(std::unique(known_.begin(), known_.end()), known_.end());
  }

  [[nodiscard]] Records printed_as(const std::string& printed) const {
    if (const auto found = exact_.find(canonical_name(printed)); found != exact_.end()) {
      return found->second;
    }
    Records records;
    const auto [begin, end] = by_last_.equal_range(last_name(printed));
    for (auto at = begin; at != end; ++at) {
      if (may_be_printed_as(at->second->name, printed)) records.push_back(at->second);
    }
    return records;
  }

  [[nodiscard]] std::string hint(const std::string& printed) const {
    return did_you_mean(printed, known_);
  }

 private:
  std::map<std::string, Records> exact_;
  std::multimap<std::string, const Record*> by_last_;
  std::vector<std::string> known_;
};

std::set<std::string> names_of(const Records& records) {
  std::set<std::string> names;
  for (const Record* record : records) names.insert(record->name);
  return names;
}

void collect_fields(const std::vector<Slot>& slots, std::vector<std::string>& names) {
  for (const Slot& slot : slots) {
    const bool field = slot.kind == SlotKind::Field || slot.kind == SlotKind::BitField;
    if (field && !slot.name.empty()) names.push_back(slot.name);
    collect_fields(slot.members, names);
  }
}

/// True if the slot is the field or an anonymous struct or union that has it.
bool holds_field(const Slot& slot, const std::string& name) {
  if (slot.kind != SlotKind::Field && slot.kind != SlotKind::BitField) return false;
  if (slot.name == name) return true;
  return slot.name.empty() &&
         std::any_of(slot.members.begin(), slot.members.end(),
                     [&](const Slot& member) { return holds_field(member, name); });
}

/// Adds the counts of a type to the slots of its record; tells of fields that it has not.
void add_counts(const ProfiledType& type, const Record& record, RecordAccesses& counted,
                std::vector<std::string>* problems) {
  for (const ProfiledField& field : type.fields) {
    const auto slot = std::find_if(record.slots.begin(), record.slots.end(),
                                   [&](const Slot& one) { return holds_field(one, field.name); });
    if (slot != record.slots.end()) {
      counted.slots[static_cast<std::size_t>(slot - record.slots.begin())].add(field.counted);
      continue;
    }
    if (problems == nullptr) continue;
    std::vector<std::string> names;
    collect_fields(record.slots, names);
    problems->push_back(fmt::format("'{}' has no field '{}', whose counts are left out{}",
                                    record.name, field.name, did_you_mean(field.name, names)));
  }
}

}  // namespace

MatchedProfile match_profile(std::span<const ProfiledType> types, const Model& model) {
  MatchedProfile matched;
  const Names names(model);
  std::map<std::string, RecordAccesses> counted;
  for (const ProfiledType& type : types) {
    const Records records = names.printed_as(type.name);
    const std::set<std::string> found = names_of(records);
    if (found.empty()) {
      const std::string hint =
          matched.problems.size() < most_hints ? names.hint(type.name) : std::string();
      matched.problems.push_back(
          fmt::format("no record is named '{}', whose counts are left out{}", type.name, hint));
      continue;
    }
    if (found.size() > 1) {
      matched.problems.push_back(
          fmt::format("'{}' may be '{}' and '{}'{}; its counts are left out", type.name,
                      *found.begin(), *std::next(found.begin()),
                      found.size() > 2 ? fmt::format(" and {} more", found.size() - 2) : ""));
      continue;
    }
    for (const Record* record : records) {
      RecordAccesses& own = counted[record->id];
      own.record_id = record->id;
      own.slots.resize(record->slots.size());
      add_counts(type, *record, own, record == records.front() ? &matched.problems : nullptr);
    }
  }
  for (auto& [id, one] : counted) matched.profile.records.push_back(std::move(one));
  return matched;
}

}  // namespace snug
