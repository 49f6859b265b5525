#include "scan/parse/lexer.hpp"

#include <algorithm>
#include <string>

namespace snug {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_word(char c) {
  return c == '_' || c == '$' || is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

class Lexer {
 public:
  Lexer(std::string_view text, std::size_t begin, std::size_t end)
      : text_(text.substr(0, std::min(end, text.size()))), at_(std::min(begin, text_.size())) {}

  std::vector<Lexeme> run() {
    while (at_ < text_.size()) {
      step();
    }
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  [[nodiscard]] bool skip_comment() {
    if (peek() != '/' || (peek(1) != '/' && peek(1) != '*')) {
      return false;
    }
    if (peek(1) == '/') {
      skip_line();
      return true;
    }
    const std::size_t close = text_.find("*/", at_ + 2);
    at_ = close == std::string_view::npos ? text_.size() : close + 2;
    return true;
  }

  /// To the end of the line, lines ending in a backslash included.
  void skip_line() {
    while (at_ < text_.size() && text_[at_] != '\n') {
      at_ += text_[at_] == '\\' && at_ + 1 < text_.size()
                 ? (text_.substr(at_ + 1, 2) == "\r\n" ? 3 : 2)
                 : 1;
    }
    at_ = std::min(at_, text_.size());
  }

  void skip_directive() {
    while (at_ < text_.size() && text_[at_] != '\n') {
      if (peek() == '/' && peek(1) == '*') {
        (void)skip_comment();
      } else if (peek() == '/' && peek(1) == '/') {
        skip_line();
      } else {
        at_ += peek() == '\\' ? (text_.substr(at_ + 1, 2) == "\r\n" ? 3 : 2) : 1;
      }
    }
    at_ = std::min(at_, text_.size());
  }

  void skip_quoted(char quote) {
    ++at_;
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') {
      at_ += text_[at_] == '\\' ? 2 : 1;
    }
    at_ = std::min(at_ + 1, text_.size());
  }

  void skip_raw() {
    const std::size_t open = text_.find('(', at_);
    if (open == std::string_view::npos || open - at_ > 17) {
      skip_quoted('"');
      return;
    }
    const std::string close = ")" + std::string(text_.substr(at_ + 1, open - at_ - 1)) + "\"";
    const std::size_t end = text_.find(close, open);
    at_ = end == std::string_view::npos ? text_.size() : end + close.size();
  }

  LexemeKind word() {
    const std::size_t begin = at_;
    while (is_word(peek())) {
      ++at_;
    }
    const std::string_view prefix = text_.substr(begin, at_ - begin);
    if (peek() == '"' &&
        (prefix == "R" || prefix == "LR" || prefix == "uR" || prefix == "UR" || prefix == "u8R")) {
      skip_raw();
      return LexemeKind::Text;
    }
    if ((peek() == '"' || peek() == '\'') &&
        (prefix == "L" || prefix == "u" || prefix == "U" || prefix == "u8")) {
      skip_quoted(peek());
      return LexemeKind::Text;
    }
    return LexemeKind::Word;
  }

  LexemeKind number() {
    while (is_word(peek()) || peek() == '.' || (peek() == '\'' && is_word(peek(1)))) {
      const char c = peek();
      ++at_;
      if ((c == 'e' || c == 'E' || c == 'p' || c == 'P') && (peek() == '+' || peek() == '-')) {
        ++at_;
      }
    }
    return LexemeKind::Number;
  }

  void step() {
    const char c = peek();
    if (c == '\n') {
      line_start_ = true;
      ++at_;
      return;
    }
    if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v' || c == '\0') {
      ++at_;
      return;
    }
    if (c == '\\' && (peek(1) == '\n' || peek(1) == '\r')) {
      at_ += 2;
      return;
    }
    if (skip_comment()) {
      return;
    }
    Lexeme token{LexemeKind::Punct, at_, at_};
    if (c == '#' && line_start_) {
      token.kind = LexemeKind::Directive;
      skip_directive();
    } else if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
      token.kind = number();
    } else if (is_word(c)) {
      token.kind = word();
    } else if (c == '"' || c == '\'') {
      token.kind = LexemeKind::Text;
      skip_quoted(c);
    } else {
      at_ += (c == ':' && peek(1) == ':') || (c == '-' && peek(1) == '>') ? 2 : 1;
    }
    line_start_ = false;
    token.end = at_;
    tokens_.push_back(token);
  }

  std::string_view text_;
  std::size_t at_;
  bool line_start_ = true;
  std::vector<Lexeme> tokens_;
};

}  // namespace

std::vector<Lexeme> lex(std::string_view text, std::size_t begin, std::size_t end) {
  return Lexer(text, begin, end).run();
}

bool is_conditional(std::string_view directive) {
  std::size_t at = 1;
  while (at < directive.size() && (directive[at] == ' ' || directive[at] == '\t')) {
    ++at;
  }
  const std::string_view rest = directive.substr(std::min(at, directive.size()));
  return rest.starts_with("if") || rest.starts_with("el") || rest.starts_with("endif");
}

}  // namespace snug
