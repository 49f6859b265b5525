// Shell-style patterns for paths.
#pragma once

#include <string_view>

namespace snug {

/// True if the pattern matches the whole path. `*` and `?` match within one component, `**` any
/// number of components (`a/**/b` matches `a/b` too), `[a-z]` and `[!a-z]` one byte of a set other
/// than '/', `\` the next byte literally. A `[` without its `]` stands for itself.
/// Time: O(|pattern| * |path|), whatever the pattern.
[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view path);

}  // namespace snug
