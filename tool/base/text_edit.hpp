// Edits of source text as plain data, and their application in memory.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace snug {

/// Replaces the bytes [begin, end) of a file as it was read. begin == end inserts.
struct TextEdit {
  std::string file;  ///< Absolute path.
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::string text;
  auto operator<=>(const TextEdit&) const = default;
};

/// True if two edits of one file touch a common byte or insert at the same place.
[[nodiscard]] bool overlap(const TextEdit& a, const TextEdit& b);

/// The text with all edits applied (their `file` is not looked at). Edits may come in any order.
/// Throws Error where they overlap or reach past the end of the text. O(n log n).
[[nodiscard]] std::string apply_edits(std::string_view text, std::span<const TextEdit> edits);

}  // namespace snug
