// The line of the source that a message is about, as people see it in a terminal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "report/color.hpp"

namespace snug {

/// Two lines: the `line`-th line of the text (counted from 1), and below it a mark under the name
/// that begins at `column` (a byte, counted from 1). Longer lines than `width` columns are cut off
/// around the mark. Nothing where the text has no such place. O(size of the text).
[[nodiscard]] std::vector<std::string> marked_line(std::string_view text, std::uint32_t line,
                                                   std::uint32_t column, std::size_t width,
                                                   const Palette& paint);

}  // namespace snug
