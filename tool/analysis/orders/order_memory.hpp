// Answers of searches for orders that outlive a run.
//
// A search depends on sizes and alignments alone, so that its answer counts wherever the same
// question comes up again: in the next run, after an edit elsewhere in the file, in another unit.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/orders/order_search.hpp"

namespace snug {

/// Where answers are kept. Nothing here throws: what cannot be read is not there, what cannot be
/// written is not kept.
class OrderMemory {
 public:
  virtual ~OrderMemory() = default;
  [[nodiscard]] virtual std::optional<std::string> answer_to(const std::string& question) = 0;
  virtual void keep_answer(const std::string& question, std::string_view answer) = 0;
};

/// The searches of order_search.hpp, each asked of a memory first. Small records are searched
/// sooner than an answer is found, and are not kept.
class OrderSearch {
 public:
  /// `memory`: null, or outlives it.
  explicit OrderSearch(OrderMemory* memory) : memory_(memory) {}

  [[nodiscard]] std::optional<FoundOrder> smallest(const OrderProblem& problem) const;
  [[nodiscard]] std::optional<FoundOrder> any(const OrderProblem& problem,
                                              std::span<const std::uint64_t> targets) const;
  [[nodiscard]] std::optional<FoundOrder> fewest_moves(
      const OrderProblem& problem, std::span<const std::uint64_t> targets) const;

 private:
  OrderMemory* memory_;
};

}  // namespace snug
