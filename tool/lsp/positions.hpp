// Positions as clients count them: lines and characters from 0, in the units that were agreed on.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace snug::lsp {

/// What a character counts.
enum class Encoding : std::uint8_t { Utf8, Utf16, Utf32 };

[[nodiscard]] std::string_view to_string(Encoding encoding);  ///< "utf-16"

struct Position {
  std::uint64_t line = 0;
  std::uint64_t character = 0;
  auto operator<=>(const Position&) const = default;
};

/// A text and where its lines begin. A line ends with LF, CR LF or a lone CR.
class Lines {
 public:
  /// A byte order mark of a file is no character for editors; `mark` says that one may be there.
  explicit Lines(std::string text, bool mark = false);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::size_t count() const { return begins_.size(); }
  /// The byte that stands there. What lies past the end of a line or text counts as its end, what
  /// lies inside a character as its beginning. O(line).
  [[nodiscard]] std::uint64_t offset(Position position, Encoding encoding) const;
  /// Offsets past the end count as the end. O(log lines + line).
  [[nodiscard]] Position position(std::uint64_t offset, Encoding encoding) const;
  /// The line from 0 without its line break; empty for one that does not exist.
  [[nodiscard]] std::string_view line(std::uint64_t number) const;

 private:
  std::string text_;
  std::vector<std::uint64_t> begins_;
};

}  // namespace snug::lsp
