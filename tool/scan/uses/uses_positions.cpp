#include "scan/uses/uses_positions.hpp"

#include <algorithm>
#include <array>

namespace snug::uses {

namespace {

template <std::size_t N>
bool is_among_words(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_reserved(std::string_view word) {
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"alignas",  "auto",     "bool",      "break",     "case",      "catch",    "char",
       "class",    "const",    "default",   "delete",    "do",        "double",   "else",
       "enum",     "extern",   "final",     "float",     "for",       "goto",     "if",
       "inline",   "int",      "long",      "namespace", "new",       "noexcept", "operator",
       "override", "private",  "protected", "public",    "register",  "return",   "short",
       "signed",   "sizeof",   "static",    "struct",    "switch",    "template", "this",
       "throw",    "try",      "typedef",   "typename",  "union",     "unsigned", "using",
       "virtual",  "void",     "volatile",  "while",     "constexpr", "mutable",  "decltype",
       "concept",  "requires", "defined"});
  return is_among_words(word, kWords);
}

}  // namespace

bool PositionHits::at(std::size_t i) const {
  if (tokens_[i].kind != LexemeKind::Word || is_reserved(word(i)) || word(i - 1) == "." ||
      word(i - 1) == "->") {
    return false;
  }
  return is_braced(i) || is_variable(i) || is_compound_literal(i) || is_pinned(i) ||
         (dialect_.cxx && is_made_by_library(i));
}

std::size_t PositionHits::names_bound(std::size_t i) const {
  if (word(i) != "[" || i == 0) return 0;
  std::size_t type = i - 1;
  while (type > 0 && (word(type) == "&" || word(type) == "&&")) --type;
  if (word(type) != "auto") return 0;
  std::size_t names = 0;
  for (std::size_t at = i + 1; tokens_.size() > at + 1; at += 2) {
    if (tokens_[at].kind != LexemeKind::Word) return 0;
    ++names;
    if (word(at + 1) == "]") return names;
    if (word(at + 1) != ",") return 0;
  }
  return 0;
}

bool PositionHits::defines(std::size_t i) const {
  if (i == 0 || tokens_[i].kind != LexemeKind::Word || is_reserved(word(i))) return false;
  static constexpr std::array<std::string_view, 3> kKeys{"struct", "class", "union"};
  const std::string_view next = word(i + 1);
  if (is_among_words(word(i - 1), kKeys)) return next == "{" || next == ":" || next == "final";
  if (word(i - 1) == "using") return next == "=";
  if (next != ";") return false;
  for (std::size_t at = i, depth = 0; at-- > 0;) {  // back to the start of the declaration
    const std::string_view token = word(at);
    if (token == "typedef" && depth == 0) return true;
    depth += token == "}" ? 1 : 0;
    if (depth == 0 && (token == ";" || token == "{")) return false;
    depth -= token == "{" ? 1 : 0;
  }
  return false;
}

std::string_view PositionHits::word(std::size_t i) const {
  return i < tokens_.size() ? spelling_of(i) : std::string_view();
}

std::string_view PositionHits::spelling_of(std::size_t i) const {
  return snug::spelling(text_, tokens_[i]);
}

/// A brace with values in it that find their fields by position.
bool PositionHits::opens_values(std::size_t i) const {
  if (dialect_.braced_macros.contains(word(i))) return true;
  if (word(i) != "{") return false;
  std::size_t next = i + 1;
  while (word(next) == "{") ++next;  // the rows of a table
  const bool designates = word(next) == "." && !(dialect_.cxx && designates_several(next - 1));
  return word(next) != "}" && word(next) != ";" && !designates && closes_plainly(i);
}

/// `{.a = 1, .b = 2}`.
bool PositionHits::designates_several(std::size_t i) const {
  int depth = 0;
  for (; i < tokens_.size(); ++i) {
    const std::string_view token = word(i);
    depth += token == "(" || token == "{" ? 1 : token == ")" || token == "}" ? -1 : 0;
    if (depth == 0) return false;
    if (depth == 1 && token == "," && word(i + 1) == ".") return true;
  }
  return false;
}

/// No statement stands between the braces.
bool PositionHits::closes_plainly(std::size_t i) const {
  int depth = 0;
  for (; i < tokens_.size(); ++i) {
    depth += word(i) == "{" ? 1 : word(i) == "}" ? -1 : 0;
    if (depth == 0) return true;
    if (word(i) == ";") return false;
  }
  return false;
}

/// `T{1, 2}`.
bool PositionHits::is_braced(std::size_t i) const {
  static constexpr std::array<std::string_view, 12> kNot{
      "struct", "class",   "union",     "enum",    "namespace", "->",
      "public", "private", "protected", "virtual", "typename",  "concept"};
  const bool is_name = i > 0 && tokens_[i - 1].kind == LexemeKind::Word &&
                       !is_reserved(word(i - 1));  // of a variable, behind its type
  return opens_values(i + 1) && !is_name && !is_among_words(word(i - 1), kNot);
}

/// `T t = {1, 2}`, `T t[] = {{1, 2}}`, `T t{1, 2}`, `T t(1, 2);`.
bool PositionHits::is_variable(std::size_t i) const {
  std::size_t next = i + 1;
  while (word(next) == "const") ++next;
  if (next >= tokens_.size() || tokens_[next].kind != LexemeKind::Word || is_reserved(word(next))) {
    return false;
  }
  ++next;
  if (word(next) == "(") return holds_values(next);
  while (word(next) == "[") {
    while (next < tokens_.size() && word(next) != "]") ++next;
    ++next;
  }
  return word(next) == "=" ? opens_values(next + 1) : opens_values(next);
}

bool PositionHits::is_temporary(std::size_t i) const {
  if (!dialect_.cxx || tokens_[i].kind != LexemeKind::Word || word(i + 1) != "(") return false;
  const bool is_name = i > 0 && tokens_[i - 1].kind == LexemeKind::Word &&
                       !is_reserved(word(i - 1));  // of a variable, behind its type
  return !is_name && holds_values(i + 1, true);
}

/// `std::make_unique<T>(1, 2)`.
bool PositionHits::is_made_by_library(std::size_t i) const {
  static constexpr std::array<std::string_view, 8> kMakers{
      "make_unique",   "make_shared",   "allocate_shared", "construct_at",
      "make_optional", "in_place_type", "make_from_tuple", "emplace"};
  std::size_t open = i;
  while (open > 1 && word(open - 1) == "::") open -= 2;
  return open > 1 && word(open - 1) == "<" && is_among_words(word(open - 2), kMakers) &&
         word(i + 1) == ">";
}

/// `(1, 2);`: at least two values, and no parameters. `anywhere`: whatever stands behind it.
bool PositionHits::holds_values(std::size_t i, bool anywhere) const {
  int depth = 0;
  bool several = false;
  for (const std::size_t open = i; i < tokens_.size(); ++i) {
    const std::string_view token = word(i);
    depth += token == "(" || token == "{" ? 1 : token == ")" || token == "}" ? -1 : 0;
    if (depth == 0) {
      return several && i > open + 1 && (anywhere || word(i + 1) == ";" || word(i + 1) == ",");
    }
    several |= depth == 1 && token == ",";
    const bool declares =
        depth == 1 && tokens_[i].kind == LexemeKind::Word &&
        ((i + 1 < tokens_.size() && tokens_[i + 1].kind == LexemeKind::Word) || is_reserved(token));
    if (declares) return false;
  }
  return false;
}

/// `(T){1, 2}`, `(struct T[]){{1, 2}}`.
bool PositionHits::is_compound_literal(std::size_t i) const {
  const bool keyed = word(i - 1) == "struct" || word(i - 1) == "union";
  const std::size_t open = i - (keyed ? 2 : 1);
  if (i < (keyed ? 2U : 1U) || word(open) != "(") return false;
  std::size_t next = i + 1;
  if (word(next) == "[") {
    while (next < tokens_.size() && word(next) != "]") ++next;
    ++next;
  }
  if (word(next) != ")") return false;
  const bool called =
      open > 0 && tokens_[open - 1].kind == LexemeKind::Word && word(open - 1) != "return";
  return !called && word(open - 1) != ")" && opens_values(next + 1);
}

/// `static_assert(sizeof(T) == 8)`, `static_assert(offsetof(struct T, a) == 0)`.
bool PositionHits::is_pinned(std::size_t i) const {
  const std::size_t open = i - (word(i - 1) == "struct" ? 2 : 1);
  if (open >= tokens_.size() || open == 0 || word(open) != "(" ||
      (word(open - 1) != "sizeof" && word(open - 1) != "offsetof")) {
    return false;
  }
  for (std::size_t at = open; at-- > 0 && open - at < 16 && word(at) != ";";) {
    if (word(at) == "static_assert" || word(at) == "_Static_assert" || word(at) == "BUILD_BUG_ON") {
      return true;
    }
  }
  return false;
}

}  // namespace snug::uses
