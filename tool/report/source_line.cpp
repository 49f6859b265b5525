#include "report/source_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/visible_text.hpp"
#include "report/columns.hpp"

namespace snug {
namespace {

constexpr std::size_t tab_width = 4;

/// The n-th line without its end; nothing if there is none.
std::string_view line_of(std::string_view text, std::uint32_t line) {
  for (std::uint32_t at = 1; at < line; ++at) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  std::string_view found = text.substr(0, text.find('\n'));
  if (found.ends_with('\r')) found.remove_suffix(1);
  return found;
}

/// As it stands in a terminal: tabs are blanks, nothing is obeyed.
std::string shown(std::string_view text) {
  std::string plain;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t tab = std::min(text.find('\t', begin), text.size());
    plain += visible_text(text.substr(begin, tab - begin));
    if (tab < text.size()) plain.append(tab_width - screen_width(plain) % tab_width, ' ');
    begin = tab + 1;
  }
  return plain;
}

bool is_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || (c & 0x80) != 0;
}

/// Drops whole characters from the front.
std::string_view without_columns(std::string_view text, std::size_t columns) {
  for (; columns > 0 && !text.empty(); --columns) {
    text.remove_prefix(std::max<std::size_t>(utf8_length(text), 1));
  }
  return text;
}

}  // namespace

std::vector<std::string> marked_line(std::string_view text, std::uint32_t line,
                                     std::uint32_t column, std::size_t width,
                                     const Palette& paint) {
  const std::string_view found = line_of(text, line);
  if (line == 0 || column == 0 || column > found.size()) return {};
  std::size_t end = column;
  while (end < found.size() && is_name(found[column - 1]) && is_name(found[end])) ++end;
  const std::string before = shown(found.substr(0, column - 1));
  const std::string until = shown(found.substr(0, end));
  const std::string whole = shown(found);
  std::string_view all = whole;
  std::size_t from = screen_width(before);
  const std::size_t length = std::max<std::size_t>(screen_width(until) - from, 1);
  const std::string margin = fmt::format("{:>5} | ", line);
  const std::size_t room = std::max<std::size_t>(width, 40) - margin.size();
  if (from + length > room) {
    const std::size_t cut = from - std::min(from, room / 4);
    all = without_columns(all, cut);
    from -= cut;
  }
  const std::string_view behind = without_columns(all, room);
  all.remove_suffix(behind.size());
  return {fmt::format("{}{}{}{}", paint.dim(), margin, paint.reset(), all),
          fmt::format("{}      | {}{}{}{}{}", paint.dim(), paint.reset(), std::string(from, ' '),
                      paint.green(), "^" + std::string(std::min(length, room) - 1, '~'),
                      paint.reset())};
}

}  // namespace snug
