// Which orders of its fields a record may take, and the best of them.
//
// The search itself (order_search.hpp) knows sizes and alignments. This file knows what a person
// would accept: fields keep their access, deliberate padding stays, contended fields stay apart,
// and no instantiation of a template and no derived class pays for what another one gains.
//
//  * A field may take the place of a field of the same access, nothing else: position by position
//    the sequence of access specifiers stays what it was.
//  * A run of bit-fields moves as one, and only where its inner packing stays the same. It never
//    comes next to another run: they would become one memory location.
//  * Nothing crosses a zero-width bit-field, or a field that is aligned to a line on purpose.
//  * Fields under #if stay where they are; others move around them.
//  * Fields that code uses as one range, or as the start of a range, hold their places as long as
//    any order helps that way.
//  * The fields of a group lie on no more lines than before, and no further apart.
//  * A flexible array stays last; an anonymous struct or union moves as one; an empty
//    [[no_unique_address]] member takes no room and stays.
//  * A derived class may reuse the tail of this one. With a smaller size the end of the data comes
//    earlier too: the size is that end rounded up to the alignment, so a size that is less by one
//    alignment or more ends its data before the old end. Where that does not follow (reused tails
//    of members), it is checked: an order that moves dsize or nvsize up is not given.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/orders/conditional_fields.hpp"
#include "model/model.hpp"
#include "model/record.hpp"

namespace snug {

class ContendedFields;  // analysis/threads/contention.hpp
struct HeldFields;      // analysis/reorder/hazards.hpp
class OrderMemory;      // analysis/orders/order_memory.hpp

struct CandidateOrder {
  /// order[i]: index into movable_slots(record) of the field that comes i-th.
  std::vector<std::uint32_t> order;
  std::vector<std::uint64_t> sizes;  ///< Bytes; one per record of the set.
  std::uint32_t moved = 0;           ///< Fields outside a longest common subsequence.
  bool exact = true;                 ///< No smaller size and no fewer moves are possible.
};

struct Orders {
  /// The smallest size with the fewest moves first; the others are for when the compiler rejects
  /// it: another order of that size, then orders of the next sizes. Empty: nothing to gain.
  std::vector<CandidateOrder> ranked;
  /// Why no edit can be made with certainty though an order would help, half a sentence. `ranked`
  /// then still tells the bytes.
  std::optional<std::string> refused;
  /// Why orders of this record are nobody's business (deliberate padding, unknown facts), half a
  /// sentence. `ranked` is then empty.
  std::optional<std::string> silent;
};

/// The orders of one definition. `records` are all its layouts: one record, or the instantiations
/// of one template that were seen. REQUIRES: not empty, all of `model`.
/// `contended` are pairs that never come onto one line; without it only the types of fields tell.
/// It is asked only where an order brings fields closer together.
/// `held` are fields that hold their places where any order helps that way, `pinned` those that do
/// in any case. `memory`: null, or answers of earlier searches.
using AskContended = std::function<const ContendedFields&()>;
[[nodiscard]] Orders find_orders(std::span<const Record* const> records, const Model& model,
                                 const AskContended& contended = {},
                                 const HeldFields* held = nullptr, const FieldNames& pinned = {},
                                 OrderMemory* memory = nullptr);

/// The records of the model by the place of their definition: the instantiations of one template,
/// and of a class nested in one, stand together. Sorted by that place. Only records that are
/// reported.
[[nodiscard]] std::vector<std::vector<const Record*>> definitions_of(const Model& model);

}  // namespace snug
