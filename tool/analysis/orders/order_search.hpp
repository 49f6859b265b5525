// The search for the smallest order of fields, as a puzzle over sizes and alignments.
//
// What moves is a unit: a field, or a run of neighbouring bit-fields that keeps its inner packing.
// A unit advances the end of the data by an amount that depends only on where it starts, modulo a
// power of two. That makes the puzzle small:
//
//  * Units that advance alike are interchangeable, so a state is how many of each class are placed.
//  * To start earlier is never worse: the next place at or after x that suits a unit grows with x,
//    and the size of the record grows with the end of its fields (virtual bases behind them
//    included). So of two ways into one state the one that ends earlier (in every record of the
//    set, and with the earlier end of reused tails) makes the other superfluous. Runs of bit-fields
//    suit only some starts; there, ways are compared only if they end at the same residue, and one
//    is then a shifted copy of the other.
//
// 1. Size. For T = the lower bound (all units without padding), then one alignment more each time:
//    is there an order that ends within T? Depth first over classes, with the failures of each
//    state remembered. The first T with an answer is the smallest size, because every smaller
//    multiple of the alignment was shown impossible.
// 2. Moves. For m = 0, 1, 2, ...: is there an order of that size with at most m fields moved? An
//    order leaves fields in place exactly if they keep their declared sequence, so the fewest moves
//    are the number of fields less the longest common subsequence. The search walks the declared
//    order: each unit is kept (placed now) or lifted (a debt of its class), and lifted units are
//    placed before or after their turn. A state is the place in the declared order and the debts by
//    class; the moves left and the ends are compared as above.
//
// Both are exact. A limit on the states that are visited keeps records with very many different
// sizes from taking minutes. Past it, or with more fields than can be searched, the size is the
// best one found so far, which is never worse than the declared one, and the order one of few moves
// (order_beam.cpp); `exact` is false.
//
// Only what a field leaves over of the largest alignment decides on padding: all pointers, strings
// and vectors of a record are of one class.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "layout/lay_out.hpp"

namespace snug {

/// The members of one definition in each of its layouts (several for a template), and which of them
/// may change places.
struct OrderProblem {
  std::vector<RecordSpec> specs;  ///< Not empty; the same members in each.
  Abi abi;
  /// Per member: members of one group may change places with each other (fields of one access).
  std::vector<std::uint32_t> groups;
  std::vector<bool> fixed;         ///< Per member: stays at its place in the sequence.
  std::uint64_t states = 200'000;  ///< Limit of each search, see above.
};

struct FoundOrder {
  std::vector<std::uint32_t> order;      ///< order[i]: the member that comes i-th.
  std::vector<std::uint64_t> size_bits;  ///< One per spec.
  std::uint32_t moved = 0;               ///< Members outside a longest common subsequence.
  bool exact = true;                     ///< No smaller size and no fewer moves exist.
};

/// The order of the smallest size, and of those the one that moves fewest members; of those the one
/// that agrees with the declared order longest. With several specs: the order under which none is
/// larger than declared and the sum of the sizes is smallest among the orders tried. Empty if no
/// allowed order is smaller than the declared one.
[[nodiscard]] std::optional<FoundOrder> smallest_order(const OrderProblem& problem);

/// The order with the fewest moves whose sizes do not exceed the targets (bits, one per spec).
/// Empty if there is none (or none was found within the limit).
[[nodiscard]] std::optional<FoundOrder> fewest_moves(const OrderProblem& problem,
                                                     std::span<const std::uint64_t> targets);

/// Any order whose sizes do not exceed the targets: large alignments first where that fits.
[[nodiscard]] std::optional<FoundOrder> any_order(const OrderProblem& problem,
                                                  std::span<const std::uint64_t> targets);

/// Members outside a longest common subsequence of the order and the declared order. O(n log n).
[[nodiscard]] std::uint32_t count_moved(std::span<const std::uint32_t> order);

/// True if members of the spec could meet an empty subobject of their own type at one address; the
/// layout then depends on more than sizes and alignments.
[[nodiscard]] bool empties_may_meet(const RecordSpec& spec);

}  // namespace snug
