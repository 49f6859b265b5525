// Text as GitHub-flavoured Markdown in which no name of the code can become markup.
#pragma once

#include <string>
#include <string_view>

namespace snug {

/// Text that renders as these characters and nothing else: no markup, no HTML, no links, no mention
/// of people or issues. Line breaks become blanks. May stand in a cell of a table.
[[nodiscard]] std::string markdown_escaped(std::string_view text);

/// The text in a monospaced font, all of its characters as they are. May stand in a cell of a
/// table.
[[nodiscard]] std::string markdown_code(std::string_view text);

/// A sentence of the tool: escaped, what stands in 'quotes' as code instead.
[[nodiscard]] std::string markdown_message(std::string_view text);

/// Text inside an HTML element that stands in Markdown, for example <summary>.
[[nodiscard]] std::string markdown_html(std::string_view text);

/// A fenced block; the fence is longer than any run of backticks in the text. `language` may be
/// empty. Ends with a line break.
[[nodiscard]] std::string markdown_block(std::string_view text, std::string_view language);

/// Paragraphs, with indented lines as code, as Markdown.
[[nodiscard]] std::string markdown_prose(std::string_view doc);

}  // namespace snug
