// Line comments below one another are one text; what they say is judged by their words
// (order_phrases.hpp).
#include "analysis/orders/order_comments.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "analysis/describe.hpp"
#include "analysis/offset_table.hpp"
#include "analysis/orders/order_phrases.hpp"

namespace snug {
namespace {

/// Where the comment block right above the definition begins; `at` if there is none.
std::uint64_t comment_above(std::string_view text, std::uint64_t at) {
  std::uint64_t begin = line_begin(text, at);
  bool inside = false;  // a block comment that ends further below
  while (begin > 0) {
    const std::uint64_t above = line_begin(text, begin - 1);
    std::string_view line = text.substr(above, begin - above);
    const std::size_t first = line.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) break;
    line = line.substr(first, line.find_last_not_of(" \t\r\n") + 1 - first);
    const bool ends = line.ends_with("*/");
    const bool opens = line.starts_with("/*");
    const bool head = line.starts_with("template") || line.starts_with("[[");
    if (!inside && !ends && !line.starts_with("//") && !head) break;
    inside = (inside || ends) && !opens;
    begin = above;
  }
  return inside ? line_begin(text, at) : begin;
}

}  // namespace

std::string quoted_comment(std::string_view comment) {
  constexpr std::size_t most = 72;
  std::string line;
  for (const char c : comment) {
    const bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    const bool mark =
        (c == '/' || c == '*' || c == '!' || c == '<') && (line.empty() || line.back() == ' ');
    if (mark || (space && (line.empty() || line.back() == ' '))) continue;
    line += space ? ' ' : c;
  }
  while (line.ends_with("*/") || line.ends_with(' ')) line.pop_back();
  if (line.ends_with('*')) line.pop_back();
  while (line.ends_with(' ')) line.pop_back();
  if (line.size() > most) {
    std::size_t end = line.rfind(' ', most);
    if (end == std::string::npos) end = most;
    line = line.substr(0, end) + " ...";
  }
  return "\"" + line + "\"";
}

std::vector<std::string> comments_on_order(const BodyText& body, const Record& record,
                                           std::string_view file) {
  std::vector<SourceToken> blocks;
  const auto join = [&](const SourceToken& comment) {
    // Line comments below one another are one text.
    const bool goes_on =
        !blocks.empty() && comment.kind == TokenKind::LineComment &&
        blocks.back().kind == TokenKind::LineComment &&
        line_end(body.text, blocks.back().begin) == line_begin(body.text, comment.begin) &&
        body.text.find_first_not_of(" \t", line_begin(body.text, comment.begin)) == comment.begin;
    if (goes_on) {
      blocks.back().end = comment.end;
    } else {
      blocks.push_back(comment);
    }
  };
  const std::uint64_t at = record.definition.begin;
  for (const SourceToken& token : lex_source(body.text, comment_above(body.text, at), body.open)) {
    if (is_comment(token)) join(token);
  }
  for (const SourceToken& comment : body.comments) {
    const bool elsewhere =
        std::any_of(body.members.begin(), body.members.end(), [&](const MemberText& member) {
          const bool own = member.kind == MemberKind::Function || member.kind == MemberKind::Name;
          return own && comment.begin >= member.slice_begin && comment.end <= member.slice_end;
        });
    if (!elsewhere) join(comment);
  }
  // What stands behind the closing brace, on its line.
  const std::uint64_t end = line_end(body.text, body.close);
  for (const SourceToken& token : lex_source(body.text, body.close, end)) {
    if (is_comment(token)) join(token);
  }
  const SourceToken* table = table_of_offsets(body, record);
  std::vector<std::string> found;
  for (const SourceToken& block : blocks) {
    const std::string_view comment = body.spelling(block);
    const bool of_table =
        table != nullptr && table->begin >= block.begin && table->end <= block.end;
    if (!of_table && !speaks_of_order(comment)) continue;
    const auto line =
        1 + std::count(body.text.begin(),
                       body.text.begin() + static_cast<std::ptrdiff_t>(block.begin), '\n');
    found.push_back(
        fmt::format("{}:{}: the comment says {}", file_name(file), line, quoted_comment(comment)));
  }
  return found;
}

}  // namespace snug
