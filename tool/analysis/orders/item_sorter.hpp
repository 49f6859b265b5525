// Values between commas, brought into another order with the comments that belong to them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text_edit.hpp"

namespace snug {

/// A list of items in a text; what is between two of them is a comma and comments.
struct ItemList {
  std::string file;
  std::string_view text;                                       ///< Of the file.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> items;  ///< Bytes [first, second), in order.
};

/// The text of an item in its new place.
using ItemText = std::function<std::string(std::size_t item)>;

/// The edits that bring the items into a new order: `sorted[i]` is the index of the item that comes
/// to place i. A comment behind an item on its line, behind the comma too, moves with it. Nothing
/// is moved, and `refusal` set to a clause, where a comment belongs to no item for certain.
/// REQUIRES: `sorted` holds every index once.
[[nodiscard]] std::vector<TextEdit> sort_items(const ItemList& list,
                                               std::span<const std::size_t> sorted,
                                               const ItemText& text_of, std::string& refusal);

}  // namespace snug
