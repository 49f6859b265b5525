// Code that the compiler did not see: inactive branches of #if, and the bodies of macros. It finds
// fields by position like any other, and an edit makes it stale without a word.
//
// 1. The texts of the unit's project files are cut into tokens. Only what stands under a condition
//    (the guard around a header is none) or in a #define is looked at.
// 2. `T{1, 2}`, `T t = {1, 2}`, `T t{1, 2}`, `(T){1, 2}`, `T t(1, 2)`, and sizes and offsets of T
// in
//    static assertions are hits. Whether T is a record, and which, other units may know better: the
//    name is kept with the ids that this unit knows it by.
// 3. A hit in text that this unit did compile is kept too, as harmless: it settles the same hit of
//    a unit that did not.
#include <algorithm>
#include <array>
#include <string_view>

#include "scan/lexer.hpp"
#include "scan/uses_context.hpp"

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

/// One file, or the body of one macro.
class PositionHits {
 public:
  PositionHits(std::string_view text, std::vector<Lexeme> tokens)
      : text_(text), tokens_(std::move(tokens)) {}

  /// Whether the word at the place names the type of something that is filled by position.
  [[nodiscard]] bool at(std::size_t i) const {
    if (tokens_[i].kind != LexemeKind::Word || is_reserved(word(i)) || word(i - 1) == "." ||
        word(i - 1) == "->") {
      return false;
    }
    return is_braced(i) || is_variable(i) || is_compound_literal(i) || is_pinned(i);
  }
  [[nodiscard]] const std::vector<Lexeme>& tokens() const { return tokens_; }

 private:
  [[nodiscard]] std::string_view word(std::size_t i) const {
    return i < tokens_.size() ? spelling_of(i) : std::string_view();
  }
  [[nodiscard]] std::string_view spelling_of(std::size_t i) const {
    return snug::spelling(text_, tokens_[i]);
  }

  /// A brace with values in it that are not designated.
  [[nodiscard]] bool opens_values(std::size_t i) const {
    if (word(i) != "{") return false;
    std::size_t next = i + 1;
    while (word(next) == "{") ++next;  // the rows of a table
    const bool designates = word(next) == "." && next < tokens_.size();
    return word(next) != "}" && word(next) != ";" && !designates && closes_plainly(i);
  }

  /// No statement stands between the braces.
  [[nodiscard]] bool closes_plainly(std::size_t i) const {
    int depth = 0;
    for (; i < tokens_.size(); ++i) {
      depth += word(i) == "{" ? 1 : word(i) == "}" ? -1 : 0;
      if (depth == 0) return true;
      if (word(i) == ";") return false;
    }
    return false;
  }

  /// `T{1, 2}`.
  [[nodiscard]] bool is_braced(std::size_t i) const {
    static constexpr std::array<std::string_view, 12> kNot{
        "struct", "class",   "union",     "enum",    "namespace", "->",
        "public", "private", "protected", "virtual", "typename",  "concept"};
    const bool is_name = i > 0 && tokens_[i - 1].kind == LexemeKind::Word &&
                         !is_reserved(word(i - 1));  // of a variable, behind its type
    return opens_values(i + 1) && !is_name && !is_among_words(word(i - 1), kNot);
  }

  /// `T t = {1, 2}`, `T t[] = {{1, 2}}`, `T t{1, 2}`, `T t(1, 2);`.
  [[nodiscard]] bool is_variable(std::size_t i) const {
    std::size_t next = i + 1;
    while (word(next) == "const") ++next;
    if (next >= tokens_.size() || tokens_[next].kind != LexemeKind::Word ||
        is_reserved(word(next))) {
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

  /// `(1, 2);`: at least two values, and no parameters.
  [[nodiscard]] bool holds_values(std::size_t i) const {
    int depth = 0;
    bool several = false;
    for (const std::size_t open = i; i < tokens_.size(); ++i) {
      const std::string_view token = word(i);
      depth += token == "(" || token == "{" ? 1 : token == ")" || token == "}" ? -1 : 0;
      if (depth == 0) return several && i > open + 1 && (word(i + 1) == ";" || word(i + 1) == ",");
      several |= depth == 1 && token == ",";
      const bool declares = depth == 1 && tokens_[i].kind == LexemeKind::Word &&
                            ((i + 1 < tokens_.size() && tokens_[i + 1].kind == LexemeKind::Word) ||
                             is_reserved(token));
      if (declares) return false;
    }
    return false;
  }

  /// `(T){1, 2}`, `(struct T[]){{1, 2}}`.
  [[nodiscard]] bool is_compound_literal(std::size_t i) const {
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
  [[nodiscard]] bool is_pinned(std::size_t i) const {
    const std::size_t open = i - (word(i - 1) == "struct" ? 2 : 1);
    if (open >= tokens_.size() || open == 0 || word(open) != "(" ||
        (word(open - 1) != "sizeof" && word(open - 1) != "offsetof")) {
      return false;
    }
    for (std::size_t at = open; at-- > 0 && open - at < 16 && word(at) != ";";) {
      if (word(at) == "static_assert" || word(at) == "_Static_assert" ||
          word(at) == "BUILD_BUG_ON") {
        return true;
      }
    }
    return false;
  }

  std::string_view text_;
  std::vector<Lexeme> tokens_;
};

std::string_view directive_name(std::string_view directive) {
  directive.remove_prefix(1);
  directive.remove_prefix(std::min(directive.find_first_not_of(" \t"), directive.size()));
  std::size_t end = 0;
  while (end < directive.size() && directive[end] >= 'a' && directive[end] <= 'z') ++end;
  return directive.substr(0, end);
}

/// The place of the #endif that ends the condition.
std::size_t end_of_condition(std::string_view text, const std::vector<Lexeme>& tokens,
                             std::size_t at) {
  int depth = 0;
  for (; at < tokens.size(); ++at) {
    if (tokens[at].kind != LexemeKind::Directive) continue;
    const std::string_view name = directive_name(snug::spelling(text, tokens[at]));
    depth += name.starts_with("if") ? 1 : name == "endif" ? -1 : 0;
    if (depth == 0) return at;
  }
  return tokens.size();
}

class TextSearch {
 public:
  TextSearch(Context& context, CXFile file)
      : context_(context), file_(file), text_(context.sources().text(file)) {}

  void run() {
    if (text_.find("#") == std::string_view::npos) return;
    const PositionHits hits(text_, lex(text_, 0, text_.size()));
    const std::vector<Lexeme>& tokens = hits.tokens();
    // The guard around a header: its first directive, closed by its last token.
    const bool guarded = !tokens.empty() && tokens.front().kind == LexemeKind::Directive &&
                         directive_name(snug::spelling(text_, tokens.front())).starts_with("if") &&
                         end_of_condition(text_, tokens, 0) + 1 == tokens.size();
    int depth = guarded ? -1 : 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].kind == LexemeKind::Directive) {
        const std::string_view name = directive_name(snug::spelling(text_, tokens[i]));
        depth += name.starts_with("if") ? 1 : name == "endif" ? -1 : 0;
        if (name == "define") look_into_macro(tokens[i]);
      } else if (depth > 0 && hits.at(i)) {
        add(tokens[i], "", is_compiled(tokens[i]));
      }
    }
  }

 private:
  void look_into_macro(const Lexeme& define) {
    const std::string_view whole = snug::spelling(text_, define);
    std::size_t at = whole.find("define") + 6;
    at = std::min(whole.find_first_not_of(" \t", at), whole.size());
    std::size_t end = at;
    while (end < whole.size() && clang_is_name(whole[end])) ++end;
    const std::string name(whole.substr(at, end - at));
    if (end < whole.size() && whole[end] == '(') end = whole.find(')', end);
    if (end >= whole.size()) return;
    const PositionHits hits(text_, lex(text_, define.begin + end + 1, define.end));
    for (std::size_t i = 0; i < hits.tokens().size(); ++i) {
      if (hits.at(i)) add(hits.tokens()[i], name, false);
    }
  }

  static bool clang_is_name(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /// The front end knows something that begins with the word.
  [[nodiscard]] bool is_compiled(const Lexeme& token) const {
    const CXTranslationUnit unit = context_.sources().unit();
    const CXSourceLocation place =
        clang_getLocationForOffset(unit, file_, static_cast<unsigned>(token.begin));
    const CXCursor cursor = clang_getCursor(unit, place);
    if (clang::is_null(cursor) || clang_isInvalid(clang_getCursorKind(cursor)) != 0) return false;
    CXFile file = nullptr;
    unsigned offset = 0;
    clang_getFileLocation(clang_getCursorLocation(cursor), &file, nullptr, nullptr, &offset);
    return file != nullptr && clang_File_isEqual(file, file_) != 0 && offset == token.begin;
  }

  void add(const Lexeme& token, const std::string& macro, bool compiled) {
    Use use;
    use.kind = UseKind::Uncompiled;
    use.where = context_.sources().range(file_, token.begin, token.end);
    use.function = macro;
    use.detail = std::string(snug::spelling(text_, token));
    use.fields = context_.ids_by_name(use.detail);
    use.keeps_meaning = compiled;
    context_.uses().push_back(std::move(use));
  }

  Context& context_;
  CXFile file_;
  std::string_view text_;
};

}  // namespace

void see_type_name(Context& context, CXCursor declaration) {
  const CXType type =
      clang_getCanonicalType(clang_getCursorKind(declaration) == CXCursor_TypedefDecl ||
                                     clang_getCursorKind(declaration) == CXCursor_TypeAliasDecl
                                 ? clang_getTypedefDeclUnderlyingType(declaration)
                                 : clang_getCursorType(declaration));
  const RecordFacts* record =
      type.kind == CXType_Record ? context.record(type) : context.record(declaration);
  if (record != nullptr && record->counts) {
    context.note_name(spelling(declaration), record->id);
  }
}

void see_uncompiled(Context& context) {
  std::vector<CXFile> files;
  clang_getInclusions(
      context.sources().unit(),
      [](CXFile file, CXSourceLocation*, unsigned, CXClientData data) {
        static_cast<std::vector<CXFile>*>(data)->push_back(file);
      },
      &files);
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  for (const CXFile file : files) {
    const Sources& sources = context.sources();
    if (sources.may_be_project(file) &&
        sources.in_project(clang_getLocationForOffset(sources.unit(), file, 0))) {
      TextSearch(context, file).run();
    }
  }
}

}  // namespace snug::uses
