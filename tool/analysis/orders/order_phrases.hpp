// What comments say of the order of fields, in words.
#pragma once

#include <string_view>

namespace snug {

/// True if the text of a comment says that the order, the place or the layout of fields matters:
/// "do not move", "must be first", "from here on", "keep in sync with", "mirrors struct x". O(n).
[[nodiscard]] bool speaks_of_order(std::string_view comment);

}  // namespace snug
