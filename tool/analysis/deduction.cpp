#include "analysis/deduction.hpp"

#include <algorithm>
#include <vector>

#include "base/source_text.hpp"

namespace snug {
namespace {

/// So much of the text before a list is looked at.
constexpr std::uint64_t looked_at = 8192;

/// The tokens before `values` without comments and directives.
std::vector<std::string_view> words_before(std::string_view text, std::uint64_t values) {
  const std::uint64_t begin = values > looked_at ? line_begin(text, values - looked_at) : 0;
  std::vector<std::string_view> words;
  for (const SourceToken& token : lex_source(text, begin, values)) {
    if (is_comment(token) || token.kind == TokenKind::Directive) continue;
    words.push_back(text.substr(token.begin, token.end - token.begin));
  }
  return words;
}

bool ends_statement(std::string_view word) {
  return word == ";" || word == "{" || word == "}";
}

}  // namespace

bool may_deduce_arguments(std::string_view text, std::uint64_t values,
                          std::string_view template_name) {
  std::vector<std::string_view> words =
      words_before(text, std::min<std::uint64_t>(values, text.size()));
  if (words.size() < 2 || (words.back() != "{" && words.back() != "(")) return true;
  words.pop_back();
  const std::string_view before = words.back();
  if (before == ">" || before == "return" || before == "(" || before == ",") return false;
  const std::size_t scope = template_name.rfind(':');
  const std::string_view own =
      scope == std::string_view::npos ? template_name : template_name.substr(scope + 1);
  const auto statement = std::find_if(words.rbegin(), words.rend(), ends_statement).base();
  bool written_out = false;
  for (auto word = statement; word != words.end(); ++word) {
    if (*word != own) continue;
    if (word + 1 == words.end() || *(word + 1) != "<") return true;
    written_out = true;
  }
  return !written_out;
}

}  // namespace snug
