// The part of a header that is written for C and C++ alike.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace snug {

/// The stretches [begin, end) of a header between `extern "C" {` and its bracket where both stand
/// under a condition on __cplusplus, or between names like G_BEGIN_DECLS and G_END_DECLS. A C unit
/// sees nothing of the former: the text is looked at. Comments do not count. O(text).
[[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> c_guards(std::string_view text);

}  // namespace snug
