#include "session/better_order.hpp"

#include "gate/interfaces.hpp"
#include "gate/public_types.hpp"
#include "layout/reordered.hpp"

namespace snug {

const SuggestedFix* shrinking_fix(const Record& record, std::span<const Finding> findings,
                                  std::uint64_t* size_after) {
  for (const Finding& finding : findings) {
    for (const SuggestedFix& fix : finding.fixes) {
      for (const SizeChange& size : fix.promise.sizes) {
        if (fix.safety != Safety::Refused && size.record_id == record.id &&
            size.after < record.size) {
          if (size_after != nullptr) {
            *size_after = size.after;
          }
          return &fix;
        }
      }
    }
  }
  return nullptr;
}

std::map<std::string, BetterOrder> better_orders(const Model& model,
                                                 std::span<const Finding> findings) {
  std::map<std::string, BetterOrder> orders;
  for (const Finding& finding : findings) {
    for (const SuggestedFix& fix : finding.fixes) {
      for (const SizeChange& size : fix.promise.sizes) {
        const Record* record = model.find(size.record_id);
        if (!fix.proof || !fix.proof->verified || record == nullptr ||
            orders.contains(size.record_id)) {
          continue;
        }
        if (std::optional<Record> moved = reordered(*record, model, fix.promise.order)) {
          orders.emplace(size.record_id, BetterOrder{std::move(*moved), &fix});
        }
      }
    }
  }
  return orders;
}

std::vector<Finding> padding_findings(const Model& model, const Files& files, OptionValues options,
                                      const KnownNames& known, OrderMemory* orders) {
  options.try_emplace("padding.min-bytes", 1);
  for (const Check* check : all_checks()) {
    if (check->id == "padding") {
      std::vector<Finding> findings =
          run_checks(std::span(&check, 1), model, files, options, {}, known, {}, {}, orders);
      respect_frozen(model, findings);
      respect_copies(model, findings);
      return findings;
    }
  }
  return {};
}

}  // namespace snug
