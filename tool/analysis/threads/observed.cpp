#include "analysis/threads/observed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "analysis/describe.hpp"
#include "base/number_text.hpp"

namespace snug {

namespace {

/// So many fields are named; the rest is counted.
constexpr std::size_t most_named = 6;

struct CountedField {
  const Slot* slot = nullptr;
  Accesses accesses;
};

std::string counts_text(const Accesses& accesses) {
  std::string text;
  const auto add = [&](const char* verb, std::uint64_t count) {
    if (count == 0) return;
    text += fmt::format("{}{} {} time{}", text.empty() ? "" : ", ", verb, grouped(count),
                        count == 1 ? "" : "s");
  };
  add("read", accesses.reads);
  add("written", accesses.writes);
  return text.empty() ? "never touched" : text;
}

bool concerns(const Finding& finding, const Slot& slot) {
  const auto named = [&](const Slot& one) {
    return std::find(finding.fields.begin(), finding.fields.end(), one.name) !=
           finding.fields.end();
  };
  return finding.fields.empty() || named(slot) ||
         std::any_of(slot.members.begin(), slot.members.end(), named);
}

/// The fields that it is about and that were touched, those touched most first.
std::vector<CountedField> counted_fields(const Record& record, const RecordAccesses& counted,
                                         const Finding& finding) {
  std::vector<CountedField> fields;
  for (std::size_t i = 0; i < record.slots.size() && i < counted.slots.size(); ++i) {
    const Slot& slot = record.slots[i];
    if (counted.slots[i] == Accesses() || !concerns(finding, slot)) continue;
    fields.push_back({&slot, counted.slots[i]});
  }
  std::stable_sort(fields.begin(), fields.end(), [](const CountedField& a, const CountedField& b) {
    return a.accesses.total() > b.accesses.total();
  });
  return fields;
}

std::string profile_text(const std::vector<CountedField>& fields) {
  std::string text = "profile: ";
  for (std::size_t i = 0; i < fields.size() && i < most_named; ++i) {
    if (i > 0) text += "; ";
    text += fmt::format("{} {}", slot_label(*fields[i].slot), counts_text(fields[i].accesses));
  }
  if (fields.size() > most_named) {
    text += fmt::format("; {} more with fewer", fields.size() - most_named);
  }
  return text;
}

}  // namespace

void observe(const Model& model, const AccessProfile& profile, Finding& finding) {
  const RecordAccesses* const counted = profile.of(finding.record_id);
  const Record* const record = model.find(finding.record_id);
  if (counted == nullptr || record == nullptr) return;
  const std::vector<CountedField> fields = counted_fields(*record, *counted, finding);
  Accesses sum;
  for (const CountedField& field : fields) sum.add(field.accesses);
  finding.observed = sum;
  const Evidence evidence = {
      "profile",
      fields.empty() ? "the profile counted no access to these fields" : profile_text(fields),
      record->where};
  finding.evidence.push_back(evidence);
  for (SuggestedFix& fix : finding.fixes) {
    if (fix.words) fix.words->evidence.push_back(evidence);
  }
}

const RecordAccesses* telling_counts(const Record& record, const AccessProfile& profile) {
  const RecordAccesses* const counted = profile.of(record.id);
  const bool bases = std::any_of(record.slots.begin(), record.slots.end(), [](const Slot& slot) {
    const bool base = slot.kind == SlotKind::Base || slot.kind == SlotKind::VirtualBase;
    return base && slot.extent.size_bits > 0;
  });
  const bool any = counted != nullptr && counted->slots.size() == record.slots.size() &&
                   counted->sum() != Accesses();
  return any && !bases ? counted : nullptr;
}

}  // namespace snug
