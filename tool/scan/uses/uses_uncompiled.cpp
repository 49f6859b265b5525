// Code that the compiler did not see: inactive branches of #if, and the bodies of macros. It finds
// fields by position like any other, and an edit makes it stale without a word.
//
// 1. The texts of the unit's project files are cut into tokens. Only what stands under a condition
//    (the guard around a header is none) or in a #define is looked at.
// 2. `T{1, 2}`, `T t = {1, 2}`, `T t{1, 2}`, `(T){1, 2}`, `T t(1, 2)`, `make_unique<T>(1, 2)`, in
// C++
//    two designators, and sizes and offsets of T in static assertions are hits. Whether T is a
//    record, and which, other units may know better: the name is kept with the ids that this unit
//    knows it by. `auto [a, b, c] = ...` may open each record with that many fields.
//    A definition of T is one too: its lists serve two types.
// 3. A hit in text that this unit did compile is kept too, as harmless: it settles the same hit of
//    a unit that did not.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "scan/uses/uses_positions.hpp"

namespace snug::uses {

namespace {

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

struct MacroText {
  std::string name;
  std::size_t body;  ///< From the start of the directive.
};

/// The name of the macro that a `#define` defines, and where its body begins.
std::optional<MacroText> read_define(std::string_view define) {
  const auto is_name = [](char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  std::size_t at = define.find("define") + 6;
  at = std::min(define.find_first_not_of(" \t", at), define.size());
  std::size_t end = at;
  while (end < define.size() && is_name(define[end])) ++end;
  std::string name(define.substr(at, end - at));
  if (end < define.size() && define[end] == '(') end = define.find(')', end);
  if (end >= define.size()) return std::nullopt;
  return MacroText{std::move(name), end + 1};
}

class TextSearch {
 public:
  TextSearch(Context& context, CXFile file, const Dialect& dialect)
      : context_(context), file_(file), text_(context.sources().text(file)), dialect_(dialect) {}

  void run() {
    if (text_.find("#") == std::string_view::npos) return;
    const PositionHits hits(text_, lex(text_, 0, text_.size()), dialect_);
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
      } else if (depth > 0) {
        look_at(hits, i, "");
      }
    }
  }

 private:
  void look_into_macro(const Lexeme& define) {
    const auto macro = read_define(snug::spelling(text_, define));
    if (!macro) return;
    const PositionHits hits(text_, lex(text_, define.begin + macro->body, define.end), dialect_);
    for (std::size_t i = 0; i < hits.tokens().size(); ++i) look_at(hits, i, macro->name);
  }

  void look_at(const PositionHits& hits, std::size_t i, const std::string& macro) {
    const Lexeme& token = hits.tokens()[i];
    const bool built = hits.is_temporary(i) && is_type(token);
    if (built || hits.at(i)) add(token, macro, macro.empty() && is_compiled(token));
    if (macro.empty() && hits.defines(i) && is_type(token)) {
      add(token, macro, is_compiled(token), UseKind::OtherDefinition);
    }
    // Two fields have no better order.
    const std::size_t names = hits.names_bound(i);
    if (names > 2 && !(macro.empty() && is_compiled(token))) add_binding(token, macro, names);
  }

  [[nodiscard]] bool is_type(const Lexeme& token) const {
    return !context_.ids_by_name(std::string(snug::spelling(text_, token))).empty();
  }

  /// Which type has the value is not known.
  void add_binding(const Lexeme& token, const std::string& macro, std::size_t names) {
    for (const RecordFacts* record : context_.known_records()) {
      if (record->fields.size() != names || context_.is_tuple_like(*record)) continue;
      Use use;
      use.kind = UseKind::Uncompiled;
      use.where = context_.sources().range(file_, token.begin, token.end);
      use.function = macro;
      use.detail = record->name;
      use.fields = {record->id};
      context_.uses().push_back(std::move(use));
    }
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

  void add(const Lexeme& token, const std::string& macro, bool compiled,
           UseKind kind = UseKind::Uncompiled) {
    Use use;
    use.kind = kind;
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
  const Dialect& dialect_;
};

/// Adds the macros of a file that stand for a list in braces.
void collect_braced_macros(std::string_view text, Dialect& dialect) {
  if (text.find("define") == std::string_view::npos) return;
  for (const Lexeme& token : lex(text, 0, text.size())) {
    const std::string_view directive = snug::spelling(text, token);
    if (token.kind != LexemeKind::Directive || directive_name(directive) != "define") continue;
    const auto macro = read_define(directive);
    if (!macro) continue;
    const std::size_t first = directive.find_first_not_of(" \t\\\r\n", macro->body);
    const bool braced = first != std::string_view::npos && directive[first] == '{';
    const std::size_t value = braced ? directive.find_first_not_of(" \t\\\r\n", first + 1) : first;
    if (braced && value != std::string_view::npos && directive[value] != '}' &&
        directive.find(';') == std::string_view::npos) {
      dialect.braced_macros.insert(macro->name);
    }
  }
}

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
  std::vector<CXFile> files = clang::included_files(context.sources().unit());
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  const Sources& sources = context.sources();
  std::erase_if(files, [&](CXFile file) {
    return !sources.may_be_project(file) ||
           !sources.in_project(clang_getLocationForOffset(sources.unit(), file, 0));
  });
  Dialect dialect{.cxx = context.is_cxx(), .braced_macros = {}};
  for (const CXFile file : files) collect_braced_macros(sources.text(file), dialect);
  for (const CXFile file : files) TextSearch(context, file, dialect).run();
  see_symbols(context, files);
}

}  // namespace snug::uses
