#include "scan/command/module_text.hpp"

#include <vector>

#include "scan/parse/lexer.hpp"

namespace snug {
namespace {

/// The token that closes the brace at `open`; the end if there is none.
std::size_t closing_brace(std::string_view text, const std::vector<Lexeme>& tokens,
                          std::size_t open) {
  std::size_t depth = 0;
  for (std::size_t at = open; at < tokens.size(); ++at) {
    const std::string_view word = spelling(text, tokens[at]);
    if (word == "{") ++depth;
    if (word == "}" && --depth == 0) return at;
  }
  return tokens.size();
}

void blank(std::string& text, const Lexeme& token) {
  for (std::size_t at = token.begin; at < token.end; ++at) text[at] = ' ';
}

}  // namespace

std::optional<std::string> without_exports(std::string_view text) {
  if (text.find("export") == std::string_view::npos ||
      text.find("module") == std::string_view::npos) {
    return std::nullopt;
  }
  std::vector<Lexeme> tokens;
  for (const Lexeme& token : lex(text, 0, text.size())) {
    if (token.kind != LexemeKind::Directive) tokens.push_back(token);
  }
  const auto word = [&](std::size_t at) {
    return at < tokens.size() ? spelling(text, tokens[at]) : std::string_view();
  };
  std::string result(text);
  bool interface = false;
  bool changed = false;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (word(at) != "export") continue;
    if (word(at + 1) == "module") {
      interface = true;
      continue;
    }
    if (word(at + 1) == "{") {
      const std::size_t close = closing_brace(text, tokens, at + 1);
      if (close == tokens.size()) continue;
      blank(result, tokens[at + 1]);
      blank(result, tokens[close]);
    }
    blank(result, tokens[at]);
    changed = true;
  }
  return interface && changed ? std::optional(std::move(result)) : std::nullopt;
}

}  // namespace snug
