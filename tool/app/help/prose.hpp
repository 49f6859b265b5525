// Prose for terminals and for manual pages. Paragraphs are parted by empty lines; a paragraph whose
// lines are indented is literal (an example).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace snug {

struct Paragraph {
  bool literal = false;
  std::string text;  ///< Prose on one line; literal text with its line breaks, indentation removed.
};

[[nodiscard]] std::vector<Paragraph> paragraphs_of(std::string_view prose);

/// The words in lines of at most `width` columns, each line after `indent` blanks.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t indent, std::size_t width);

/// All paragraphs, wrapped and indented, with empty lines between them.
[[nodiscard]] std::string plain_text(std::string_view prose, std::size_t indent, std::size_t width);

/// Text that roff prints as it is: backslashes, hyphens and leading dots escaped.
[[nodiscard]] std::string roff_escaped(std::string_view text);

/// All paragraphs in roff's man macros.
[[nodiscard]] std::string roff_text(std::string_view prose);

}  // namespace snug
