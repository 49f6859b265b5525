// Tokens of C and C++ source text, for what the front end does not tell: where a declarator ends,
// which directives stand inside a class, what an attribute says.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace snug {

enum class LexemeKind : std::uint8_t {
  Word,       ///< Identifier or keyword.
  Number,     ///< Preprocessing number.
  Text,       ///< String or character literal, raw ones included.
  Punct,      ///< One character, except `::` and `->`.
  Directive,  ///< A whole preprocessor line from `#`, with its continuation lines.
};

/// Offsets count from the start of the whole text.
// snug: ignore(soa-candidate): read one behind the other, kind and place together
struct Lexeme {
  LexemeKind kind = LexemeKind::Punct;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The tokens in [begin, end) of the text; comments and blanks are left out. Never fails: an
/// unterminated literal or comment ends with the text. O(end - begin).
[[nodiscard]] std::vector<Lexeme> lex(std::string_view text, std::size_t begin, std::size_t end);

[[nodiscard]] inline std::string_view spelling(std::string_view text, const Lexeme& token) {
  return text.substr(token.begin, token.end - token.begin);
}

/// True for #if, #ifdef, #ifndef, #elif..., #else and #endif.
[[nodiscard]] bool is_conditional(std::string_view directive);

}  // namespace snug
