// Joining facts about ownership, so that code in a header counts once.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "model/ownership.hpp"

namespace snug {

/// The result does not depend on the order of add(). Of two readings of one place the stronger one
/// is kept: what one unit or instantiation stores is stored. O(log n) a fact.
class OwnershipMerger {
 public:
  OwnershipMerger();
  ~OwnershipMerger();
  OwnershipMerger(OwnershipMerger&&) noexcept;
  OwnershipMerger& operator=(OwnershipMerger&&) noexcept;

  /// `numbers` maps the part's unit indices to those of the merged model. A fact that names no
  /// units is seen by all of them.
  void add(Ownership part, const std::vector<std::uint32_t>& numbers);

  /// What was added, its units renumbered by `number_of`. The merger is empty afterwards.
  [[nodiscard]] Ownership finish(const std::vector<std::uint32_t>& number_of);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Facts of one unit: sorted, each place once.
[[nodiscard]] Ownership sorted_once(Ownership facts);

}  // namespace snug
