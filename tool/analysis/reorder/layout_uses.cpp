#include "analysis/reorder/layout_uses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "analysis/describe.hpp"

namespace snug {

namespace {

/// How much a use of this kind asks of whoever changes the layout.
std::optional<Safety> weight(const Use& use) {
  switch (use.kind) {
    case UseKind::BytesIo:
    case UseKind::ExternC:
    case UseKind::Exported:
      return Safety::Abi;
    case UseKind::AssertedOffset:
    case UseKind::AssertedSize:
    case UseKind::SizeArithmetic:
    case UseKind::MemoryCopy:
    case UseKind::ByteCast:
    case UseKind::UnionMember:
      return Safety::Review;
    default:
      return std::nullopt;
  }
}

/// Whether records are as large as some others make them. Each is looked at once.
class SizeHolders {
 public:
  SizeHolders(std::span<const Record* const> records, const Model& model) : model_(model) {
    for (const Record* record : records) known_.emplace(record->id, true);
    for (const Use& use : model.uses) {
      if (use.kind != UseKind::AssertedSize || !use.keeps_meaning) continue;
      for (const std::string& holder : use.fields) by_size_[holder].push_back(use.record_id);
    }
  }

  bool holds(std::string_view id) {
    const auto [place, is_new] = known_.try_emplace(id, false);
    if (!is_new) return place->second;
    bool found = false;
    if (const auto sizes = by_size_.find(id); sizes != by_size_.end()) {
      found = std::any_of(sizes->second.begin(), sizes->second.end(),
                          [&](std::string_view part) { return holds(part); });
    }
    const Record* const record = model_.find(id);
    found = found || (record != nullptr && in_slots(record->slots));
    return known_[id] = found;
  }

 private:
  bool in_slots(const std::vector<Slot>& slots) {
    return std::any_of(slots.begin(), slots.end(), [&](const Slot& slot) {
      return (!slot.type_id.empty() && !slot.is_reference && holds(slot.type_id)) ||
             in_slots(slot.members);
    });
  }

  const Model& model_;
  std::unordered_map<std::string_view, bool> known_;
  std::unordered_map<std::string_view, std::vector<std::string_view>> by_size_;
};

}  // namespace

Hazards layout_hazards(std::span<const Record* const> records, const Model& model) {
  SizeHolders holders(records, model);
  Hazards hazards;
  for (const Use& use : model.uses) {
    const std::optional<Safety> safety = weight(use);
    if (!safety || use.keeps_meaning || !holders.holds(use.record_id)) continue;
    hazards.safety = std::max(hazards.safety, *safety);
    const std::string text(explain(use.kind));
    hazards.reasons.push_back(
        fmt::format("{}:{}: {}", file_name(use.where.file), use.where.line, text));
    hazards.evidence.push_back({"hazard", text, use.where});
  }
  return hazards;
}

std::string why_several_layouts(std::span<const Record* const> records, const Model& model) {
  for (const Record* record : records) {
    const auto at = std::lower_bound(
        model.conflicts.begin(), model.conflicts.end(), record->id,
        [](const LayoutConflict& one, const std::string& id) { return one.other.id < id; });
    if (at == model.conflicts.end() || at->other.id != record->id) continue;
    if (same_layout(at->other, *record)) continue;  // a copy of its text
    return fmt::format("'{}' has {} in some units and another layout, of {}, in others",
                       record->name, bytes_text(record->size), bytes_text(at->other.size));
  }
  return "";
}

std::optional<TextEdit> insert_before(const Record& record, const Slot& slot, std::string text) {
  if (slot.from_macro || !slot.declaration.known()) return std::nullopt;
  const bool alone = std::none_of(record.slots.begin(), record.slots.end(), [&](const Slot& other) {
    return &other != &slot && other.declaration.known() &&
           other.declaration.begin < slot.declaration.end &&
           slot.declaration.begin < other.declaration.end;
  });
  if (!alone) return std::nullopt;
  return TextEdit{slot.declaration.file, slot.declaration.begin, slot.declaration.begin,
                  std::move(text)};
}

}  // namespace snug
