// Marks in the source: comments by which a project tells snug what it wants.
//
//   // snug: ignore(padding): sorted for the reader, there are three of them
//   // snug: max-size(64), max-padding(0)
//   struct Order { ... };       // snug: frozen: mapped by the recorder
//   std::uint64_t head;         // snug: group(producer)
//
// A mark is the beginning of a comment, or of a line of a block comment. It belongs to the
// declaration on its own line; where nothing but comments stands on that line, to the declaration
// that follows. Several marks in one comment are separated by commas; a colon begins the reason,
// which reaches to the end of the line. Only `ignore` has to have one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/layout/rules.hpp"

namespace snug {

enum class MarkKind : std::uint8_t { Ignore, MaxSize, MaxPadding, Frozen, Group };

/// One mark that makes sense.
struct Mark {
  MarkKind kind = MarkKind::Ignore;
  bool head_names_record = false;   ///< struct, class or union stands in it.
  SourceRange where;                ///< The mark's own text, without the comment's slashes.
  std::vector<std::string> checks;  ///< Of `ignore`.
  std::string reason;               ///< Of `ignore`, never empty.
  std::string group;                ///< Of `group`.
  std::uint64_t most = 0;           ///< Bytes, of `max-size` and `max-padding`.
  /// The head of the declaration that it belongs to, bytes of the text: from its first token, or
  /// from the start of the mark's line, to the `;` or `{` that ends it, or the end of the line.
  std::uint64_t head_begin = 0;
  std::uint64_t head_end = 0;
  std::uint32_t head_line = 0;  ///< First and last line of the head.
  std::uint32_t head_end_line = 0;
};

struct Marks {
  std::vector<Mark> marks;  ///< In the order of the text.
  std::vector<BadMark> bad;
};

/// The marks of a text. `file` is the path that places are given; `checks` are the names that
/// `ignore` may take. Never fails; O(n) for n
/// bytes, and for each mark the length of its line and of its declaration.
[[nodiscard]] Marks marks_in(std::string_view text, const std::string& file,
                             const std::vector<std::string>& checks);

}  // namespace snug
