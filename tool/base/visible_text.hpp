// Text from outside (names, comments, paths, diagnostics, flags, settings) made harmless before it
// reaches a terminal, a log or a page: what a terminal obeys, what turns the order of letters
// around, what cannot be seen, and bytes that are no text stand there as escapes.
#pragma once

#include <memory>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>

namespace snug {

/// Bytes of the UTF-8 character that `text` begins with; 0 if it begins with none (RFC 3629).
[[nodiscard]] std::size_t utf8_length(std::string_view text);

/// The text in one visible line: controls (C0 with tab and newline, DEL, C1), bidirectional
/// controls, zero-width characters and U+2028/9 as \uXXXX, bytes that are not UTF-8 as \xXX.
/// O(size); the same text where there is nothing to escape.
[[nodiscard]] std::string visible_text(std::string_view text);

/// The same, but tabs, newlines and CR before a newline stay. In a JSON document, where such
/// characters stand in strings alone, the result means the same.
[[nodiscard]] std::string visible_lines(std::string_view text);

/// While it lives, what is written to a stream passes through visible_lines(). Colours pass where
/// they are allowed: the SGR sequences ESC [ digits and semicolons m. So do commands to the runner
/// of GitHub Actions, "::" as the first word of a line; else they are escaped, as a log may be read
/// by one. "##[", "##vso[" and the like, which runners obey anywhere in a line, never pass.
class VisibleOutput {
 public:
  explicit VisibleOutput(std::ostream& stream);
  VisibleOutput(const VisibleOutput&) = delete;
  VisibleOutput& operator=(const VisibleOutput&) = delete;
  ~VisibleOutput();

 private:
  std::ostream& stream_;
  std::streambuf* before_;
  std::unique_ptr<std::streambuf> buffer_;
};

/// Lets colours pass through a stream that a VisibleOutput guards. Of another stream: nothing.
void allow_colors(std::ostream& stream);

/// The same for commands of GitHub Actions.
void allow_commands(std::ostream& stream);

/// Writes bytes of the tool's own past the guard of a stream ("\r\033[K").
void write_raw(std::ostream& stream, std::string_view bytes);

}  // namespace snug
