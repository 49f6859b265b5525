// Loops over elements: which bytes of each element they touch.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/orders/byte_set.hpp"
#include "model/model.hpp"

namespace snug {

/// One loop that goes through elements of one record type.
struct ElementLoop {
  const Function* function = nullptr;
  std::int32_t loop = -1;  ///< An index into function->loops.
  SourceRange where;
  ByteSet used;              ///< Bytes of an element, through calls.
  std::uint32_t nested = 0;  ///< Loops around it, through calls, at most 2.
  bool node = false;         ///< The elements are linked, or nodes of a list, map or set.
  bool random = false;       ///< The index does not run with the loop.
  bool repeated = false;     ///< A loop around it comes to the same elements on each round.

  /// How often it runs compared with a loop that stands alone.
  [[nodiscard]] std::uint64_t weight() const { return nested == 0 ? 1 : nested == 1 ? 10 : 100; }
};

/// ElementType::handed_to where a pointer to elements is kept, and no code that was not read gets
/// them.
inline constexpr const char* pointer_kept = "a pointer";

/// All loops over elements of one type.
struct ElementType {
  const Record* record = nullptr;
  std::vector<ElementLoop> loops;  ///< Sorted by place; of a template each loop once.
  bool pointed = false;            ///< Single objects are used through pointers that are fields.
  std::string handed_to;           ///< Code that was not read and gets whole elements, else empty.
};

/// "; it runs inside another loop" and the like, behind what a loop does; may be empty.
[[nodiscard]] std::string nesting_text(const ElementLoop& loop);

/// The record types that the program loops over, sorted by place. Loops of at most `tiny` constant
/// rounds are left out.
[[nodiscard]] std::vector<ElementType> find_element_loops(const Model& model, std::uint64_t tiny);

/// The fields of a record that have a byte in the set, in slot order; those of bases one by one.
[[nodiscard]] std::vector<const Slot*> fields_in(const Record& record, const ByteSet& bytes);

}  // namespace snug
