// The pieces that the search for orders moves, and how far each advances the end of a record.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analysis/orders/order_search.hpp"

namespace snug {

/// Where the fields placed so far end in one record. Bits.
struct Reach {
  std::uint64_t end = 0;     ///< Where the next field may start.
  std::uint64_t padded = 0;  ///< End of the tails that others may use.
};

/// How a unit advances the end, by where it starts.
struct Steps {
  /// After a start at residue r (bits, a multiple of 8, index r / 8): how far the end moves.
  // snug: ignore(soa-candidate): a step for each residue, a few in all, met by residue
  struct At {
    std::uint64_t advance = 0;  ///< Bits.
    std::uint64_t padded = 0;  ///< Bits from the start to the end of its tail, 0 if none is reused.
    bool possible = true;      ///< A run keeps its packing from here.
    auto operator<=>(const At&) const = default;
  };
  std::uint64_t modulus = 8;  ///< Bits, a power of two.
  std::uint64_t least = 0;    ///< Smallest advance from any start.
  std::vector<At> at;

  [[nodiscard]] const At& from(std::uint64_t end) const { return at[end % modulus / 8]; }
  auto operator<=>(const Steps&) const = default;
};

/// A field, or a run of neighbouring bit-fields.
struct OrderUnit {
  std::uint32_t first = 0;  ///< First member.
  std::uint32_t count = 1;
  std::uint32_t kind = 0;        ///< Units of one kind may change places.
  bool run = false;              ///< Bit-fields; never next to another run.
  std::uint32_t klass = 0;       ///< Units of one class are interchangeable.
  std::uint32_t size_klass = 0;  ///< The same for the question of size alone.
  std::vector<Steps> steps;      ///< One per spec.
  /// One per spec: the same less what is a multiple of every modulus (`OrderFrame::whole`), which
  /// no order changes. The classes are those of these steps.
  std::vector<Steps> reduced;
};

/// Everything the searches need about one spec.
// snug: ignore(soa-candidate): one for each instantiation of a template, mostly one
struct OrderFrame {
  Reach start;
  std::uint64_t align = 8;        ///< Of the record, bits.
  std::uint64_t declared = 0;     ///< Size in declared order, bits.
  std::uint64_t overlap = 0;      ///< Size that empty members ask for, bits.
  std::uint64_t run_modulus = 8;  ///< Ends are comparable if equal modulo this.
  std::uint64_t whole = 0;        ///< What the reduced steps of all units leave out, bits.
  const RecordSpec* spec = nullptr;

  /// The size of the record if its fields end there. Grows with both ends.
  [[nodiscard]] std::uint64_t size(const Reach& reach) const;
  /// The last end with which the size does not exceed the target; empty if none.
  [[nodiscard]] std::optional<std::uint64_t> last_end(std::uint64_t target) const;
};

struct OrderBoard {
  std::vector<OrderFrame> frames;  ///< One per spec.
  std::vector<OrderUnit> units;    ///< In declared order.
  std::uint32_t classes = 0;
  std::uint32_t size_classes = 0;
};

/// REQUIRES: the problem outlives the board.
[[nodiscard]] OrderBoard make_board(const OrderProblem& problem);

/// Places a unit behind everything else; false where its run would be packed otherwise.
[[nodiscard]] bool advance(const std::vector<Steps>& steps, std::span<Reach> reach);

/// The members in the order of the units.
[[nodiscard]] std::vector<std::uint32_t> members_of(const OrderBoard& board,
                                                    const std::vector<std::uint32_t>& units);

}  // namespace snug
