// 1. The text is cut into tokens; comments and what directives define do not count.
// 2. Directives open and close conditions. Under one that says __cplusplus, `extern "C" {` opens a
//    stretch and a bracket closes it; what is between them is text for both languages.
// 3. Outside of such conditions a word that ends in BEGIN_DECLS opens one, END_DECLS closes it.
#include "scan/parse/c_guards.hpp"

#include <algorithm>

#include "base/source_text.hpp"

namespace snug {
namespace {

using Stretch = std::pair<std::size_t, std::size_t>;

class GuardReader {
 public:
  explicit GuardReader(std::string_view text) : text_(text) {}

  std::vector<Stretch> read() {
    std::vector<SourceToken> tokens = lex_source(text_, 0, text_.size());
    std::erase_if(tokens, is_comment);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].kind == TokenKind::Directive) {
        directive(text_of(tokens[i]));
      } else if (is_cxx()) {
        const bool opens = i + 2 < tokens.size() && text_of(tokens[i]) == "extern" &&
                           text_of(tokens[i + 1]) == "\"C\"" && text_of(tokens[i + 2]) == "{";
        if (opens) open(tokens[i + 2].end);
        if (text_of(tokens[i]) == "}") close(tokens[i].begin);
      } else if (tokens[i].kind == TokenKind::Word) {
        if (text_of(tokens[i]).ends_with("BEGIN_DECLS")) open(tokens[i].end);
        if (text_of(tokens[i]).ends_with("END_DECLS")) close(tokens[i].begin);
      }
    }
    close(text_.size());
    return std::move(found_);
  }

 private:
  [[nodiscard]] std::string_view text_of(const SourceToken& token) const {
    return text_.substr(token.begin, token.end - token.begin);
  }

  [[nodiscard]] bool is_cxx() const {
    return std::find(conditions_.begin(), conditions_.end(), true) != conditions_.end();
  }

  /// Counts conditions; true stands for one under which the text is C++.
  void directive(std::string_view text) {
    const bool cxx = text.find("__cplusplus") != std::string_view::npos &&
                     text.find('!') == std::string_view::npos;
    text.remove_prefix(std::min(text.find_first_not_of("# \t"), text.size()));
    if (text.starts_with("ifndef")) {
      conditions_.push_back(false);
    } else if (text.starts_with("if")) {
      conditions_.push_back(cxx);
    } else if (text.starts_with("el") && !conditions_.empty()) {
      conditions_.back() = cxx;
    } else if (text.starts_with("endif") && !conditions_.empty()) {
      conditions_.pop_back();
    }
  }

  void open(std::size_t at) {
    if (!open_) begin_ = at;
    open_ = true;
  }

  void close(std::size_t at) {
    if (open_) found_.emplace_back(begin_, at);
    open_ = false;
  }

  std::string_view text_;
  std::vector<bool> conditions_;
  bool open_ = false;
  std::size_t begin_ = 0;
  std::vector<Stretch> found_;
};

}  // namespace

std::vector<Stretch> c_guards(std::string_view text) {
  if (text.find("extern") == std::string_view::npos &&
      text.find("BEGIN_DECLS") == std::string_view::npos) {
    return {};
  }
  return GuardReader(text).read();
}

}  // namespace snug
