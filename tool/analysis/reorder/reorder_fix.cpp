#include "analysis/reorder/reorder_fix.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "analysis/reorder/reorder_edit.hpp"
#include "analysis/reorder/reorder_uses.hpp"

namespace snug {
namespace {

bool touch(const TextEdit& a, const TextEdit& b) {
  return a.file == b.file && a.begin <= b.end && b.begin <= a.end;
}

}  // namespace

PlannedReorder plan_reorder(SuggestedFix& fix, std::span<const Record* const> records,
                            const Record& record, std::span<const std::uint32_t> order,
                            const HazardIndex& index, const Model& model, const Files& files) {
  ReorderEdit own = reorder_edits(record, order, model, files);
  if (own.edits.empty()) {
    fix.safety = Safety::Refused;
    fix.reasons = std::move(own.refusals);
    fix.promise.order.clear();
    return {{}, own.stale};
  }
  UseEdits uses = use_edits(records, fix.promise.order, index, model, files);
  const bool tangled = std::any_of(uses.edits.begin(), uses.edits.end(), [&](const TextEdit& edit) {
    return std::any_of(own.edits.begin(), own.edits.end(),
                       [&](const TextEdit& other) { return touch(edit, other); });
  });
  if (tangled) {
    uses.by_hand.push_back(
        fmt::format("'{}' is used by position inside its own definition or in "
                    "one of its constructors' initialisers",
                    record.name));
    uses.edits.clear();
    uses.settled.clear();
  }
  fix.edits = std::move(own.edits);
  fix.edits.insert(fix.edits.end(), uses.edits.begin(), uses.edits.end());
  std::sort(fix.edits.begin(), fix.edits.end());
  fix.by_hand = std::move(uses.by_hand);
  Hazards found = index.of(records, fix.promise.order, uses.settled);
  fix.safety = fix.by_hand.empty() ? found.safety : std::max(found.safety, Safety::Review);
  fix.reasons = found.reasons;
  if (!own.cautions.empty()) {
    fix.safety = std::max(fix.safety, Safety::Review);
    fix.reasons.insert(fix.reasons.end(), own.cautions.begin(), own.cautions.end());
  }
  return {std::move(found), false};
}

}  // namespace snug
