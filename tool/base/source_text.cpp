#include "base/source_text.hpp"

#include <algorithm>
#include <string>

namespace snug {
namespace {

bool is_word_start(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || byte >= 0x80;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

class Lexer {
 public:
  Lexer(std::string_view text, std::uint64_t begin, std::uint64_t end)
      : text_(text.substr(0, std::min<std::uint64_t>(end, text.size()))), at_(begin) {}

  std::vector<SourceToken> run() {
    while (skip_space()) {
      const auto begin = at_;
      const auto kind = next();
      tokens_.push_back({kind, begin, at_});
      if (kind != TokenKind::BlockComment) first_on_line_ = false;
    }
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char peek(std::uint64_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  /// Length of a backslash with the line break behind it, or 0.
  [[nodiscard]] std::uint64_t splice(std::uint64_t at) const {
    if (at >= text_.size() || text_[at] != '\\') return 0;
    if (text_.substr(at + 1, 2) == "\r\n") return 3;
    return text_.substr(at + 1, 1) == "\n" ? 2 : 0;
  }

  bool skip_space() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\n') {
        first_on_line_ = true;
        ++at_;
      } else if (c == ' ' || (c >= '\t' && c <= '\r')) {
        ++at_;
      } else if (const auto length = splice(at_)) {
        at_ += length;
      } else {
        return true;
      }
    }
    return false;
  }

  TokenKind next() {
    const char c = peek();
    if (c == '#' && first_on_line_) return directive();
    if (c == '/' && peek(1) == '/') return line_comment();
    if (c == '/' && peek(1) == '*') return block_comment();
    if (c == '"' || c == '\'') return literal(c);
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
    if (is_word_start(c)) return word();
    at_ += (c == ':' && peek(1) == ':') || (c == '-' && peek(1) == '>') ? 2 : 1;
    return TokenKind::Punctuation;
  }

  TokenKind line_comment() {
    while (at_ < text_.size() && text_[at_] != '\n') {
      const auto length = splice(at_);
      at_ += length != 0 ? length : 1;
    }
    if (text_[at_ - 1] == '\r') --at_;
    return TokenKind::LineComment;
  }

  TokenKind block_comment() {
    const auto end = text_.find("*/", at_ + 2);
    at_ = end == std::string_view::npos ? text_.size() : end + 2;
    return TokenKind::BlockComment;
  }

  TokenKind directive() {
    while (at_ < text_.size() && text_[at_] != '\n') {
      if (const auto length = splice(at_)) {
        at_ += length;
      } else if (peek() == '/' && peek(1) == '*') {
        block_comment();
      } else if (peek() == '/' && peek(1) == '/') {
        line_comment();
        return TokenKind::Directive;
      } else {
        ++at_;
      }
    }
    if (text_[at_ - 1] == '\r') --at_;
    return TokenKind::Directive;
  }

  TokenKind literal(char quote) {
    ++at_;
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') {
      const auto length = splice(at_);
      at_ += length != 0 ? length : (text_[at_] == '\\' ? 2 : 1);
    }
    at_ = std::min<std::uint64_t>(at_ + (peek() == quote ? 1 : 0), text_.size());
    return TokenKind::Text;
  }

  TokenKind raw_literal() {
    const auto open = text_.find('(', at_);
    if (open == std::string_view::npos || open - at_ > 17) return literal('"');
    const auto close = ")" + std::string(text_.substr(at_ + 1, open - at_ - 1)) + "\"";
    const auto end = text_.find(close, open);
    at_ = end == std::string_view::npos ? text_.size() : end + close.size();
    return TokenKind::Text;
  }

  TokenKind number() {
    while (at_ < text_.size()) {
      const char c = peek();
      const bool exponent = c == 'e' || c == 'E' || c == 'p' || c == 'P';
      if (exponent && (peek(1) == '+' || peek(1) == '-')) {
        at_ += 2;
      } else if (is_digit(c) || is_word_start(c) || c == '.') {
        ++at_;
      } else if (c == '\'' && (is_digit(peek(1)) || is_word_start(peek(1)))) {
        at_ += 2;
      } else {
        break;
      }
    }
    return TokenKind::Number;
  }

  TokenKind word() {
    const auto begin = at_;
    while (is_word_start(peek()) || is_digit(peek())) ++at_;
    const auto spelling = text_.substr(begin, at_ - begin);
    const bool prefix = spelling == "u8" || spelling == "u" || spelling == "U" || spelling == "L";
    if (prefix && (peek() == '"' || peek() == '\'')) return literal(peek());
    const bool raw = spelling == "R" || spelling == "u8R" || spelling == "uR" || spelling == "UR" ||
                     spelling == "LR";
    return raw && peek() == '"' ? raw_literal() : TokenKind::Word;
  }

  std::string_view text_;
  std::uint64_t at_;
  bool first_on_line_ = true;
  std::vector<SourceToken> tokens_;
};

}  // namespace

std::vector<SourceToken> lex_source(std::string_view text, std::uint64_t begin, std::uint64_t end) {
  return Lexer(text, begin, end).run();
}

std::uint64_t line_begin(std::string_view text, std::uint64_t at) {
  if (at == 0) return 0;
  const auto newline = text.rfind('\n', at - 1);
  return newline == std::string_view::npos ? 0 : newline + 1;
}

std::uint64_t line_end(std::string_view text, std::uint64_t at) {
  const auto newline = text.find('\n', at);
  return newline == std::string_view::npos ? text.size() : newline + 1;
}

}  // namespace snug
