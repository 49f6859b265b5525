#include "report/formats/markdown_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace snug {
namespace {

bool is_line_break(char c) {
  return c == '\n' || c == '\r';
}

/// Characters that mean something to Markdown, or to HTML inside it, somewhere in a line.
bool is_markup(char c) {
  constexpr std::string_view markup = "\\`*_{}[]<>()#+-.!|~&\"'=$^:/";
  return markup.find(c) != std::string_view::npos;
}

/// True for the mark behind digits at the start of the text, which would begin a list.
bool is_list_mark(std::string_view text, std::size_t at) {
  return (text[at] == '.' || text[at] == ')') && at != 0 &&
         text.substr(0, at).find_first_not_of("0123456789") == std::string_view::npos;
}

/// Punctuation that Markdown lets stand for itself behind a backslash, without cost to a reader of
/// the source: hyphens, dots, slashes and the like matter only at the start of a line or in links.
bool needs_backslash(std::string_view text, std::size_t at) {
  constexpr std::string_view always = "\\`*_[]<>|~&$";
  const char c = text[at];
  if (always.find(c) != std::string_view::npos) {
    return true;
  }
  return (at == 0 && is_markup(c)) || is_list_mark(text, at);
}

/// True for the first colon of ":name:", which GitHub takes for an emoji.
bool starts_emoji(std::string_view text, std::size_t at) {
  const std::size_t end = text.find_first_not_of(
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-", at + 1);
  return end != std::string_view::npos && end > at + 1 && text[end] == ':';
}

/// True where the text would turn into something by itself: '@' and '#' in front of a word, "://",
/// "www." and ":name:".
bool turns_by_itself(std::string_view text, std::size_t at) {
  const char c = text[at];
  return c == '@' || c == '#' || (c == ':' && starts_emoji(text, at)) ||
         text.substr(at).starts_with("://") || text.substr(at).starts_with("ww.");
}

std::size_t longest_run(std::string_view text, char c) {
  std::size_t longest = 0, run = 0;
  for (const char here : text) {
    run = here == c ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

/// HTML's <code> with every character that could be markup as a numeric entity.
std::string html_code(std::string_view text) {
  std::string out = "<code>";
  for (const char c : text) {
    if (is_markup(c) || c == '@') {
      out += fmt::format("&#{};", static_cast<int>(c));
    } else {
      out += is_line_break(c) ? ' ' : c;
    }
  }
  return out + "</code>";
}

bool is_indented(std::string_view line) {
  return line.starts_with("  ");
}

}  // namespace

std::string markdown_escaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_line_break(text[at])) {
      out += ' ';
      continue;
    }
    if (needs_backslash(text, at)) {
      out += '\\';
    }
    out += text[at];
    if (turns_by_itself(text, at)) {
      out += "<!-- -->";
    }
  }
  return out;
}

std::string markdown_message(std::string_view text) {
  constexpr std::string_view before = " ([,", after = " ),.;:]!?";
  std::string out;
  std::size_t plain = 0;
  for (std::size_t open = 0; (open = text.find('\'', open)) != std::string_view::npos;) {
    std::size_t close = text.find('\'', open + 1);
    while (close != std::string_view::npos && close + 1 < text.size() &&
           after.find(text[close + 1]) == std::string_view::npos) {
      close = text.find('\'', close + 1);
    }
    const bool opens = open == 0 || before.find(text[open - 1]) != std::string_view::npos;
    if (close == std::string_view::npos || !opens || close == open + 1) {
      ++open;
      continue;
    }
    out += markdown_escaped(text.substr(plain, open - plain));
    out += markdown_code(text.substr(open + 1, close - open - 1));
    plain = open = close + 1;
  }
  return out + markdown_escaped(text.substr(plain));
}

std::string markdown_code(std::string_view text) {
  if (text.empty()) {
    return "";
  }
  const bool plain = text.find_first_of("|\\`\r\n") == std::string_view::npos &&
                     text.front() != ' ' && text.back() != ' ';
  return plain ? fmt::format("`{}`", text) : html_code(text);
}

std::string markdown_html(std::string_view text) {
  constexpr std::string_view special = "&<>\"'";
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (special.find(c) != std::string_view::npos) {
      out += fmt::format("&#{};", static_cast<int>(c));
    } else {
      out += is_line_break(c) ? ' ' : c;
    }
    if (turns_by_itself(text, at)) {
      out += "<!-- -->";
    }
  }
  return out;
}

std::string markdown_block(std::string_view text, std::string_view language) {
  const std::string fence(std::max<std::size_t>(3, longest_run(text, '`') + 1), '`');
  const bool ends = text.ends_with('\n');
  return fmt::format("{}{}\n{}{}{}\n", fence, language, text, ends ? "" : "\n", fence);
}

std::string markdown_prose(std::string_view doc) {
  std::string out;
  bool in_code = false;
  for (std::size_t begin = 0; begin < doc.size();) {
    const std::size_t end = std::min(doc.find('\n', begin), doc.size());
    const std::string_view line = doc.substr(begin, end - begin);
    if (!line.empty() && is_indented(line) != in_code) {
      in_code = !in_code;
      out += in_code ? "```\n" : "```\n\n";
    }
    if (in_code) {
      out += line.empty() ? "" : line.substr(2);
    } else {
      out += markdown_escaped(line);
    }
    out += '\n';
    begin = end + 1;
  }
  return in_code ? out + "```\n" : out;
}

}  // namespace snug
