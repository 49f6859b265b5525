// How much memory an expression or a call speaks of. Only the files uses*.cpp include this.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "scan/uses/uses_context.hpp"

namespace snug::uses {

/// The value of a constant expression.
[[nodiscard]] std::optional<std::int64_t> value_of(CXCursor expression);

/// True if some part of the expression is an offsetof, or a variable that starts with one.
[[nodiscard]] bool is_made_of_offsets(CXCursor expression);

/// True for the difference of two addresses.
[[nodiscard]] bool is_distance(CXCursor expression);

/// True for `&...` and a member that is an array, below casts.
[[nodiscard]] bool is_address(CXCursor expression);

/// True for `p + 1` and `&p[1]` where p is a pointer: memory behind an object, below casts.
[[nodiscard]] bool points_behind(CXCursor pointer);

/// The variable `i` of `for (...; i < 8; ...)` around it stays below 8. Nothing where the index is
/// no variable or the loop has no constant bound.
[[nodiscard]] std::optional<std::int64_t> bound_of_index(CXCursor index, Ancestors above);

/// The other side of a binary operator. Null if there is none.
[[nodiscard]] CXCursor other_side(CXCursor binary, CXCursor side);

/// The first of the ancestors that is no conversion. Null if there is none.
[[nodiscard]] CXCursor consumer_above(Ancestors above);

/// The outermost function among the ancestors. Null if there is none.
[[nodiscard]] CXCursor function_around(Ancestors above);

/// Calls `see(reference, above)` for each mention of the variable below the scope. O(scope).
void each_mention(CXCursor scope, CXCursor variable,
                  const std::function<void(CXCursor, Ancestors)>& see);

/// Which argument of the call the expression is.
[[nodiscard]] std::optional<std::size_t> argument_index(CXCursor call, CXCursor argument);

/// True for parameters and fields like `n`, `len`, `num_bytes`.
[[nodiscard]] bool is_count_name(std::string_view name);

/// The number beside an argument that tells how many objects it points to, as far as the names of
/// the parameters tell.
[[nodiscard]] std::optional<CXCursor> count_beside(CXCursor call, std::size_t index);

/// True for the functions of std that take iterators.
[[nodiscard]] bool is_range_algorithm(CXCursor function, std::string_view name);

/// What tells a memory or IO function how many bytes to take: `count` times `unit` (null: bytes).
struct SizeArgument {
  CXCursor count;
  CXCursor unit;
};
[[nodiscard]] std::optional<SizeArgument> size_argument(CXCursor call, std::size_t pointer,
                                                        std::string_view name);

}  // namespace snug::uses
