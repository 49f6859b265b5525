// The two depth-first searches behind order_search.hpp, over a board of units.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analysis/orders/order_units.hpp"

namespace snug {

struct Walk {
  std::optional<std::vector<std::uint32_t>> units;  ///< In their new order.
  bool gave_up = false;                             ///< The limit on states was reached.
};

/// Step 1: any order whose sizes do not exceed the targets (bits, one per frame).
[[nodiscard]] Walk walk_within(const OrderBoard& board, std::span<const std::uint64_t> targets,
                               std::uint64_t states);

/// Step 2: of those orders one that moves fewest members; past the limit on states (`gave_up`) one
/// that moves few.
[[nodiscard]] Walk walk_with_fewest_moves(const OrderBoard& board,
                                          std::span<const std::uint64_t> targets,
                                          std::uint64_t states);

/// One that moves few, if one was found; in time that is linear in the units.
[[nodiscard]] std::optional<std::vector<std::uint32_t>> beam_with_few_moves(
    const OrderBoard& board, std::span<const std::uint64_t> targets);

}  // namespace snug
