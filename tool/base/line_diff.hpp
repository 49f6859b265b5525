// What changed between two texts, line by line, as people know it from `diff -u`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace snug {

/// One line of a difference. `text` has no line end.
struct DiffLine {
  enum class Kind : char { Same = ' ', Removed = '-', Added = '+' };
  Kind kind = Kind::Same;
  std::string text;
  bool operator==(const DiffLine&) const = default;
};

/// Neighbouring changes with up to `context` unchanged lines around them.
struct DiffHunk {
  std::size_t old_line = 1;  ///< Number of the first line in the old text, from 1.
  std::size_t new_line = 1;
  std::vector<DiffLine> lines;
};

/// The hunks that turn `before` into `after`, in order. Shortest edit script (Myers, 1986) in
/// O((n + m) * d) for d changed lines; past 2000 changed lines the differing middle is told as one
/// replacement.
[[nodiscard]] std::vector<DiffHunk> line_diff(std::string_view before, std::string_view after,
                                              std::size_t context = 3);

}  // namespace snug
