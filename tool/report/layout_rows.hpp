// The layout of a record as rows for people: bases and anonymous members unfolded, every row with
// the letter that stands for it in the bar.
#pragma once

#include <string>
#include <vector>

#include "model/model.hpp"

namespace snug {

struct LayoutRow {
  enum class Kind : char {
    Part,   ///< Something that takes bits: field, bit-field, vptr, ...
    Group,  ///< A base or anonymous member whose parts follow, one level deeper.
    Free,   ///< Padding.
  };
  Kind kind = Kind::Part;
  SlotKind slot = SlotKind::Field;
  char letter = ' ';  ///< '.' for padding, ' ' for groups, '*' for pointers that the compiler adds.
  unsigned depth = 0;
  Extent extent;
  std::size_t number = 0;  ///< Counts the parts, for colours.
  std::string type;
  std::string name;  ///< For padding: "7 bytes of padding".
};

/// The rows in offset order. Bases are unfolded where the model knows them.
[[nodiscard]] std::vector<LayoutRow> layout_rows(const Record& record, const Model& model);

/// "12", or "12:3" for a place that is no whole byte (byte:bit).
[[nodiscard]] std::string offset_text(std::uint64_t bits);
/// "4", or "5 bits" where that is no number of bytes or the slot is a bit-field.
[[nodiscard]] std::string size_text(const Extent& extent, bool in_bits);

}  // namespace snug
