// Where the bytes of a file stand as editors count: lines, and characters as UTF-16 has them.
//
// The front end counts columns in bytes. SARIF viewers and editors count them in UTF-16 code units,
// and leave a byte order mark out.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"

namespace snug {

/// A place in a text. Lines and columns count from 1, the offset from 0; columns and offset in
/// UTF-16 code units. The offset leaves a byte order mark out.
struct TextPosition {
  std::uint64_t line = 1;
  std::uint64_t column = 1;
  std::uint64_t offset = 0;
};

/// Number of UTF-16 code units of the bytes. A byte that is no part of valid UTF-8 counts one.
[[nodiscard]] std::uint64_t utf16_length(std::string_view bytes);

/// The positions of one text. A line ends with LF, CR LF or a lone CR, as for the front end.
class TextPositions {
 public:
  explicit TextPositions(std::string text);

  [[nodiscard]] const std::string& text() const { return text_; }
  /// Where the byte at `offset` stands. Offsets past the end count as the end. O(log n + line).
  [[nodiscard]] TextPosition at(std::uint64_t offset) const;
  /// The column in UTF-16 units of a column in bytes. Nothing for a line that does not exist.
  [[nodiscard]] std::optional<std::uint64_t> column(std::uint64_t line,
                                                    std::uint64_t byte_column) const;

 private:
  struct Line {
    std::uint64_t begin;   ///< Byte offset, behind a byte order mark.
    std::uint64_t offset;  ///< In UTF-16 units.
  };
  std::string text_;
  std::vector<Line> lines_;
};

/// The positions of files, each read once.
class FilePositions {
 public:
  /// `files` may be null: then no file can be read.
  explicit FilePositions(const Files* files) : files_(files) {}

  /// Null if the file cannot be read.
  [[nodiscard]] const TextPositions* of(const std::string& path);

 private:
  const Files* files_;
  std::map<std::string, std::optional<TextPositions>> known_;
};

}  // namespace snug
