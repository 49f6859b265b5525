// C and C++ source text cut into tokens, without a preprocessor: enough to find declarations,
// comments and brackets in the text that a person wrote.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace snug {

enum class TokenKind : std::uint8_t {
  Word,         ///< Identifiers and keywords.
  Number,       ///< Preprocessing numbers, 1'000.5e-3 included.
  Text,         ///< String and character literals, raw ones and their prefixes included.
  Punctuation,  ///< One byte each, except `::` and `->`.
  LineComment,  ///< Without the line break that ends it.
  BlockComment,
  Directive,  ///< From the # that begins a line to the end of its last line, spliced lines
              ///< included, without the line break.
};

/// Bytes [begin, end) of the text that was lexed.
struct SourceToken {
  TokenKind kind = TokenKind::Word;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

/// The tokens of text[begin, end), in order; offsets count from the start of `text`. White space is
/// what lies between them. Never fails: an unterminated comment or literal reaches to the end of
/// the range or of the line. O(n).
[[nodiscard]] std::vector<SourceToken> lex_source(std::string_view text, std::uint64_t begin,
                                                  std::uint64_t end);

[[nodiscard]] inline bool is_comment(const SourceToken& token) {
  return token.kind == TokenKind::LineComment || token.kind == TokenKind::BlockComment;
}

/// Offset of the first byte of the line that holds `at`.
[[nodiscard]] std::uint64_t line_begin(std::string_view text, std::uint64_t at);
/// Offset just behind the line break that ends the line of `at`, or the end of the text.
[[nodiscard]] std::uint64_t line_end(std::string_view text, std::uint64_t at);

}  // namespace snug
