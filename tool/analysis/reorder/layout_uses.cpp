#include "analysis/reorder/layout_uses.hpp"

#include <fmt/format.h>

#include <algorithm>

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

}  // namespace

Hazards layout_hazards(std::span<const Record* const> records, const Model& model) {
  Hazards hazards;
  for (const Use& use : model.uses) {
    const bool ours = std::any_of(records.begin(), records.end(), [&](const Record* record) {
      return record->id == use.record_id;
    });
    const std::optional<Safety> safety = weight(use);
    if (!ours || !safety || use.keeps_meaning) continue;
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
