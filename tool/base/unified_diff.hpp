// The difference of two texts as `diff -u` and `git diff` print it.
#pragma once

#include <string>
#include <string_view>

namespace snug {

/// A diff that `git apply` and `patch -p1` accept: header lines with a/PATH and b/PATH, hunks with
/// three lines around them, "\ No newline at end of file" where one is missing. Line ends are
/// bytes like others, so CR LF stays what it is. Empty if the texts are equal. `path` is relative;
/// one with unusual bytes is quoted as git does it.
[[nodiscard]] std::string unified_diff(const std::string& path, std::string_view before,
                                       std::string_view after);

}  // namespace snug
