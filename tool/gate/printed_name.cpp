// A printed name is compared in two steps:
//
//   1. canonical_name takes away what compilers spell differently without meaning anything by it.
//   2. The rest is cut into components at "::", each with its template arguments. The components of
//      snug's name have to be among those of the printed one, in their order and with the last one
//      last: what lies between is taken for inline namespaces. Arguments are compared in the same
//      way; at the end the printed ones may have more (default arguments).
//
// Functions around a local type are left out on both sides: clang does not print them at all.
#include "gate/printed_name.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

namespace snug {

namespace {

/// Template arguments nested more deeply are taken as text.
constexpr int deepest_name = 16;

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_space(char c) {
  return std::isspace(static_cast<unsigned char>(c)) != 0;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// Words with one blank between them, no other blanks.
std::string without_blanks(std::string_view name) {
  std::string out;
  bool blank = false;
  for (const char c : name) {
    if (is_space(c)) {
      blank = true;
      continue;
    }
    if (blank && !out.empty() && is_word(out.back()) && is_word(c)) out += ' ';
    blank = false;
    out += c;
  }
  return out;
}

/// The words of an integer type in one order: "unsigned long" for "long unsigned int".
std::string integer_type(const std::vector<std::string_view>& words) {
  const auto count = [&](std::string_view word) {
    return std::count(words.begin(), words.end(), word);
  };
  const std::string sign = count("unsigned") > 0 ? "unsigned " : "";
  if (count("char") > 0) return count("signed") > 0 ? "signed char" : sign + "char";
  if (count("short") > 0) return sign + "short";
  if (count("long") > 0) return sign + (count("long") > 1 ? "long long" : "long");
  return sign + "int";
}

bool is_integer_word(std::string_view word) {
  constexpr std::array<std::string_view, 6> words = {"int",      "long",   "short",
                                                     "unsigned", "signed", "char"};
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_tag(std::string_view word) {
  constexpr std::array<std::string_view, 4> words = {"struct", "class", "union", "enum"};
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// A number without its suffix: "3" for "3UL".
std::string_view without_suffix(std::string_view word) {
  if (std::isdigit(static_cast<unsigned char>(word.front())) == 0) return word;
  const std::size_t end = word.find_last_not_of("uUlL");
  return word.substr(0, end + 1);
}

/// The words that begin at `at` and are separated by blanks alone; moves `at` behind them.
std::vector<std::string_view> words_at(std::string_view text, std::size_t& at) {
  std::vector<std::string_view> words;
  for (;;) {
    std::size_t end = at;
    while (end < text.size() && is_word(text[end])) ++end;
    words.push_back(text.substr(at, end - at));
    at = end;
    const bool more = at + 1 < text.size() && text[at] == ' ' && is_word(text[at + 1]);
    if (!more) return words;
    ++at;
  }
}

void append_words(const std::vector<std::string_view>& words, std::string& out) {
  std::vector<std::string_view> integer;
  std::string line;
  const auto add = [&](std::string_view word) {
    if (!line.empty()) line += ' ';
    line += word;
  };
  const auto flush = [&] {
    if (!integer.empty()) add(integer_type(integer));
    integer.clear();
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    // "(unnamed struct at ...)" keeps the word that says what it is.
    const bool says_what = i + 1 == words.size() ||
                           (i > 0 && (words[i - 1] == "unnamed" || words[i - 1] == "anonymous"));
    if (is_tag(words[i]) && !says_what) continue;
    if (is_integer_word(words[i])) {
      integer.push_back(words[i]);
      continue;
    }
    flush();
    add(without_suffix(words[i]));
  }
  flush();
  out += line;
}

struct Component {
  std::string base;  ///< With what follows the arguments ("*", "&", "[3]").
  std::vector<std::string> arguments;
};

bool opens(char c) {
  return c == '<' || c == '(' || c == '[' || c == '{';
}

bool closes(char c) {
  return c == '>' || c == ')' || c == ']' || c == '}';
}

/// Cuts at a separator that is in no brackets.
std::vector<std::string_view> cut(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    depth += opens(text[i]) ? 1 : closes(text[i]) ? -1 : 0;
    if (depth == 0 && text.substr(i).starts_with(separator)) {
      parts.push_back(text.substr(begin, i - begin));
      i += separator.size() - 1;
      begin = i + 1;
    }
  }
  parts.push_back(text.substr(begin));
  return parts;
}

Component component(std::string_view text) {
  const std::size_t open = text.find('<');
  const std::size_t close = text.rfind('>');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open ||
      open == 0) {
    return {std::string(text), {}};
  }
  Component made{std::string(text.substr(0, open)) + std::string(text.substr(close + 1)), {}};
  for (const std::string_view one : cut(text.substr(open + 1, close - open - 1), ",")) {
    made.arguments.emplace_back(one);
  }
  return made;
}

/// True for "main()", "operator()()", "(lambda at a.cpp:3:9)" and "<lambda()>".
bool is_function(std::string_view text) {
  const bool unnamed = text == "(anonymous namespace)" || text.starts_with("(anonymous struct") ||
                       text.starts_with("(anonymous class") || text.starts_with("(anonymous union");
  return (text.ends_with(')') && !unnamed) || text.starts_with("<lambda") ||
         text.ends_with(")const");
}

/// The components of a canonical name; functions around the last one are left out.
std::vector<Component> components(std::string_view name) {
  const std::vector<std::string_view> parts = cut(name, "::");
  std::vector<Component> made;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i + 1 < parts.size() && is_function(parts[i])) continue;
    made.push_back(component(parts[i]));
  }
  return made;
}

bool may_be(std::string_view name, std::string_view printed, int depth);

bool may_be(const Component& name, const Component& printed, int depth) {
  if (name.base != printed.base || name.arguments.size() > printed.arguments.size()) return false;
  for (std::size_t i = 0; i < name.arguments.size(); ++i) {
    if (!may_be(name.arguments[i], printed.arguments[i], depth + 1)) return false;
  }
  return true;
}

/// Of canonical names.
bool may_be(std::string_view name, std::string_view printed, int depth) {
  if (name == printed) return true;
  if (depth > deepest_name) return false;
  const std::vector<Component> wanted = components(name);
  const std::vector<Component> given = components(printed);
  if (!may_be(wanted.back(), given.back(), depth)) return false;
  std::size_t next = 0;
  for (std::size_t i = 0; i + 1 < given.size() && next + 1 < wanted.size(); ++i) {
    if (may_be(wanted[next], given[i], depth)) ++next;
  }
  return next + 1 == wanted.size();
}

}  // namespace

std::string canonical_name(std::string_view printed) {
  const std::string text = without_blanks(printed);
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (is_word(text[i])) {
      append_words(words_at(text, i), out);
    } else {
      out += text[i++];
    }
  }
  for (const std::string_view unnamed :
       {"{anonymous}", "<unnamed>", "`anonymous-namespace'", "`anonymous namespace'"}) {
    replace_all(out, unnamed, "(anonymous namespace)");
  }
  replace_all(out, "(unnamed ", "(anonymous ");
  return out.starts_with("::") ? out.substr(2) : out;
}

bool may_be_printed_as(std::string_view name, std::string_view printed) {
  return may_be(canonical_name(name), canonical_name(printed), 0);
}

std::string last_name(std::string_view name) {
  return components(canonical_name(name)).back().base;
}

}  // namespace snug
