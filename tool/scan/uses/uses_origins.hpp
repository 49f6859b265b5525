// Where untyped memory comes from. Only the files uses*.cpp include this.
#pragma once

#include "scan/uses/uses_context.hpp"

namespace snug::uses {

enum class Origin { Unknown, Memory, Mapped, Bytes, Storage };

/// True for parameters like `int n`, `size_t len`, `unsigned num_bytes`.
[[nodiscard]] bool is_length_by_name(CXCursor parameter);

/// Where untyped memory comes from, as far as the expression and the variable's first value tell.
[[nodiscard]] Origin origin_of(Context& context, CXCursor expression, int depth);

}  // namespace snug::uses
