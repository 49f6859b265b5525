// Operations that count: each call gives another number.
#pragma once

#include <string_view>

namespace snug {

/// Whether a function of this name, without its scope, counts an atomic and gives a number that no
/// other call gives: fetch_add of the standard, of compilers, and what libraries call it. O(1).
[[nodiscard]] bool is_counting(std::string_view name);

}  // namespace snug
