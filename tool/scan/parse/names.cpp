#include "scan/parse/names.hpp"

#include <fmt/core.h>

#include <filesystem>
#include <vector>

#include "scan/parse/lexer.hpp"

namespace snug {

namespace {

bool is_record(CXCursorKind kind) {
  return kind == CXCursor_StructDecl || kind == CXCursor_ClassDecl || kind == CXCursor_UnionDecl;
}

bool is_top(CXCursor cursor) {
  const CXCursorKind kind = clang_getCursorKind(cursor);
  return clang::is_null(cursor) || clang_isInvalid(kind) != 0 || kind == CXCursor_TranslationUnit;
}

/// The next scope outwards that has a part in names.
CXCursor scope_of(CXCursor declaration) {
  CXCursor scope = clang_getCursorSemanticParent(declaration);
  while (!is_top(scope)) {
    const CXCursorKind kind = clang_getCursorKind(scope);
    const bool silent = kind == CXCursor_LinkageSpec || kind == CXCursor_UnexposedDecl ||
                        (kind == CXCursor_Namespace && clang_Cursor_isInlineNamespace(scope) != 0);
    if (!silent) {
      break;
    }
    scope = clang_getCursorSemanticParent(scope);
  }
  return scope;
}

/// The last `count` parts of a printed type, as `::` outside of brackets separates them. Empty if
/// there are fewer.
std::string last_parts(const std::string& printed, std::size_t count) {
  int depth = 0;
  std::vector<std::size_t> begins = {0};
  for (std::size_t i = 0; i < printed.size(); ++i) {
    const char c = printed[i];
    depth += c == '<' || c == '(' || c == '[' || c == '{' ? 1 : 0;
    const bool arrow = c == '>' && i > 0 && printed[i - 1] == '-';
    depth -= (c == '>' && !arrow) || c == ')' || c == ']' || c == '}' ? 1 : 0;
    if (depth == 0 && c == ':' && i > 0 && printed[i - 1] == ':') {
      begins.push_back(i + 1);
    }
  }
  return begins.size() < count ? std::string() : printed.substr(begins[begins.size() - count]);
}

/// Makes the paths in `(lambda at PATH:LINE:COLUMN)` and the like relative to the root.
std::string with_shown_paths(std::string text, const Sources& sources) {
  std::size_t at = 0;
  while ((at = text.find(" at ", at)) != std::string::npos) {
    const std::size_t begin = at + 4;
    const std::size_t close = text.find(')', begin);
    at = begin;
    if (close == std::string::npos) {
      continue;
    }
    const std::size_t column = text.rfind(':', close);
    const std::size_t line =
        column == std::string::npos || column == 0 ? column : text.rfind(':', column - 1);
    if (line == std::string::npos || line <= begin) {
      continue;
    }
    std::error_code ignored;
    std::filesystem::path path = text.substr(begin, line - begin);
    if (path.is_relative()) {
      path = std::filesystem::current_path(ignored) / path;
    }
    text.replace(begin, line - begin, sources.shown(path.lexically_normal().string()));
  }
  return text;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

/// Drops struct, class, union and enum where a type name follows. C prints the keyword in front of
/// `(anonymous at` instead of inside; there it is put inside, as in C++.
void drop_keywords(std::string& text) {
  for (const std::string_view keyword : {"struct ", "class ", "union ", "enum "}) {
    for (std::size_t at = 0; (at = text.find(keyword, at)) != std::string::npos;) {
      const bool starts =
          at == 0 || std::string_view("<( ,*&[").find(text[at - 1]) != std::string_view::npos;
      if (!starts || text.compare(at + keyword.size(), 3, "at ") == 0) {
        at += keyword.size();
        continue;
      }
      text.erase(at, keyword.size());
      const std::size_t place = text.find("(anonymous at ", at);
      if (place != std::string::npos &&
          text.find_first_of(" ,<", at) == place + std::string_view("(anonymous").size()) {
        text.insert(place + std::string_view("(anonymous ").size(), keyword);
      }
    }
  }
}

/// A type that contains a lambda may be printed over several lines.
void join_lines(std::string& text) {
  std::string joined;
  for (const char c : text) {
    const bool blank = c == '\n' || c == ' ';
    if (!blank || joined.empty() || joined.back() != ' ') {
      joined += blank ? ' ' : c;
    }
  }
  text = std::move(joined);
}

std::string argument_list(CXCursor function) {
  std::string list;
  const int count = clang_Cursor_getNumTemplateArguments(function);
  for (int i = 0; i < count; ++i) {
    const auto index = static_cast<unsigned>(i);
    const CXTemplateArgumentKind kind = clang_Cursor_getTemplateArgumentKind(function, index);
    std::string one = "...";
    if (kind == CXTemplateArgumentKind_Type) {
      one = clang::to_string(
          clang_getTypeSpelling(clang_Cursor_getTemplateArgumentType(function, index)));
    } else if (kind == CXTemplateArgumentKind_Integral) {
      one = std::to_string(clang_Cursor_getTemplateArgumentValue(function, index));
    }
    list += (i == 0 ? "" : ", ") + one;
  }
  return count > 0 ? "<" + list + ">" : std::string();
}

}  // namespace

CXCursor primary_template(CXCursor declaration) {
  CXCursor found = clang_getSpecializedCursorTemplate(declaration);
  if (clang::is_null(found)) {
    return found;
  }
  // A partial specialisation comes from a primary template itself; so do members of members.
  for (CXCursor next = clang_getSpecializedCursorTemplate(found); !clang::is_null(next);
       next = clang_getSpecializedCursorTemplate(next)) {
    if (clang_equalCursors(next, found) != 0) {
      break;
    }
    found = next;
  }
  return found;
}

bool is_local(CXCursor declaration) {
  for (CXCursor at = declaration; !is_top(at); at = clang_getCursorSemanticParent(at)) {
    if (clang::is_function_or_template(clang_getCursorKind(at))) {
      return true;
    }
  }
  return false;
}

bool is_unnamed(CXCursor declaration) {
  return clang::to_string(clang_getCursorSpelling(declaration)).find('(') != std::string::npos ||
         clang_Cursor_isAnonymous(declaration) != 0;
}

std::string Names::unnamed(CXCursor declaration) const {
  CXFile file = nullptr;
  unsigned line = 0;
  unsigned column = 0;
  clang_getExpansionLocation(clang_getCursorLocation(declaration), &file, &line, &column, nullptr);
  const std::string spelling = clang::to_string(clang_getCursorSpelling(declaration));
  const CXCursorKind kind = clang_getCursorKind(declaration);
  const std::string_view what = spelling.starts_with("(lambda") ? "lambda"
                                : kind == CXCursor_UnionDecl    ? "anonymous union"
                                : kind == CXCursor_ClassDecl    ? "anonymous class"
                                : kind == CXCursor_EnumDecl     ? "anonymous enum"
                                                                : "anonymous struct";
  return fmt::format("({} at {}:{}:{})", what, sources_.shown(sources_.path(file)), line, column);
}

std::string Names::with_known_arguments(const std::string& printed, CXType specialisation) const {
  const std::size_t open = printed.find('<');
  if (open == std::string::npos || printed.back() != '>') {
    return printed;
  }
  std::string name = printed.substr(0, open);
  std::size_t begin = open + 1;
  int depth = 0;
  unsigned index = 0;
  for (std::size_t i = begin; i < printed.size(); ++i) {
    const char c = printed[i];
    const bool arrow = c == '>' && printed[i - 1] == '-';
    const bool last = i + 1 == printed.size();
    if ((depth == 0 && c == ',') || last) {
      const CXType argument = clang_Type_getTemplateArgumentAsType(specialisation, index);
      const std::string written = printed.substr(begin, i - begin);
      name += index == 0 ? "<" : ", ";
      name += argument.kind == CXType_Invalid || written.empty()
                  ? written
                  : type(clang_getCanonicalType(argument));
      ++index;
      begin = i + 1 + (printed[i + 1] == ' ' ? 1U : 0U);
    }
    depth += c == '<' || c == '(' || c == '[' || c == '{' ? 1 : 0;
    depth -= (c == '>' && !arrow) || c == ')' || c == ']' || c == '}' ? 1 : 0;
  }
  return name + ">";
}

std::string Names::own_piece(CXCursor declaration, bool arguments) const {
  const CXCursorKind kind = clang_getCursorKind(declaration);
  std::string spelling = clang::to_string(clang_getCursorSpelling(declaration));
  if (kind == CXCursor_Namespace) {
    return spelling.empty() || spelling.front() == '(' ? "(anonymous namespace)" : spelling;
  }
  if (clang::is_function_or_template(kind)) {
    return spelling + (arguments ? argument_list(declaration) : "") + "()";
  }
  if (is_record(kind) && is_unnamed(declaration)) {
    return unnamed(declaration);
  }
  if (is_record(kind) && arguments) {
    const CXType own = clang_getCanonicalType(clang_getCursorType(declaration));
    if (clang_Type_getNumTemplateArguments(own) >= 0) {
      std::string printed = last_parts(type(own), 1);
      if (printed.starts_with(spelling)) {
        return with_known_arguments(printed, own);
      }
      return with_shown_paths(clang::to_string(clang_getCursorDisplayName(declaration)), sources_);
    }
  }
  return spelling;
}

std::string Names::nested_piece(CXCursor declaration, CXCursor& scope) const {
  // The compiler prints the arguments of an enclosing specialisation as it knows them, those of an
  // explicit one itself as they were written.
  std::size_t parts = 1;
  while (is_record(clang_getCursorKind(scope)) && !is_unnamed(scope)) {
    scope = scope_of(scope);
    ++parts;
  }
  return last_parts(type(clang_getCanonicalType(clang_getCursorType(declaration))), parts);
}

std::string Names::build(CXCursor declaration, bool arguments) {
  CXCursor scope = scope_of(declaration);
  std::string name;
  if (arguments && is_record(clang_getCursorKind(declaration)) && !is_unnamed(declaration) &&
      is_record(clang_getCursorKind(scope)) && !is_unnamed(scope)) {
    name = nested_piece(declaration, scope);
  }
  if (name.empty()) {
    scope = scope_of(declaration);
    name = own_piece(declaration, arguments);
  }
  if (is_top(scope)) {
    return name;
  }
  return (arguments ? qualified(scope) : build(scope, false)) + "::" + name;
}

const std::string& Names::qualified(CXCursor declaration) {
  const auto at = known_.find(declaration);
  if (at != known_.end()) {
    return at->second;
  }
  std::string name = build(declaration, true);
  return known_.emplace(declaration, std::move(name)).first->second;
}

std::string Names::template_name(CXCursor declaration) {
  return build(declaration, false);
}

std::string Names::type(CXType type) const {
  std::string text = with_shown_paths(clang::to_string(clang_getTypeSpelling(type)), sources_);
  replace_all(text, "(unnamed ", "(anonymous ");
  drop_keywords(text);
  join_lines(text);
  return text;
}

Names::Names(const Sources& sources)
    : sources_(sources),
      main_(clang_getFile(
          sources.unit(),
          clang::to_string(clang_getTranslationUnitSpelling(sources.unit())).c_str())) {}

const std::string& Names::id(CXCursor record) {
  const auto at = ids_.find(record);
  return at != ids_.end() ? at->second : ids_.emplace(record, make_id(record)).first->second;
}

ModuleText module_declaration(std::string_view text) {
  if (text.find("module") == std::string_view::npos) return {};
  std::vector<Lexeme> tokens;
  for (const Lexeme& token : lex(text, 0, text.size())) {
    if (token.kind != LexemeKind::Directive) tokens.push_back(token);
  }
  const auto word = [&](std::size_t at) {
    return at < tokens.size() ? spelling(text, tokens[at]) : std::string_view();
  };
  bool begins = true;  // a declaration
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const std::size_t name = at + (word(at) == "export" ? 2 : 1);
    if (begins && word(name - 1) == "module" && name < tokens.size() &&
        tokens[name].kind == LexemeKind::Word) {
      ModuleText found{std::string(word(name)), tokens[at].begin};
      for (std::size_t part = name + 1; word(part) == "."; part += 2) {
        found.name += fmt::format(".{}", word(part + 1));
      }
      return found;
    }
    begins = word(at) == ";" || word(at) == "}";
  }
  return {};
}

const ModuleText& Names::module_in(CXFile file) const {
  const auto [place, is_new] = modules_.try_emplace(file);
  if (is_new && file != nullptr) place->second = module_declaration(sources_.text(file));
  return place->second;
}

std::string Names::module_of(CXCursor declaration) const {
  CXFile file = nullptr;
  unsigned offset = 0;
  const CXSourceLocation where = clang_getCursorLocation(declaration);
  clang_getFileLocation(where, &file, nullptr, nullptr, &offset);
  const ModuleText* module = &module_in(file);
  if (module->name.empty()) {  // a header: attached where it is included behind the declaration
    module = &module_in(main_);
    if (module->name.empty()) return {};
    const CXSourceLocation begin =
        clang_getLocationForOffset(sources_.unit(), main_, static_cast<unsigned>(module->begin));
    if (clang_isBeforeInTranslationUnit(begin, where) == 0) return {};
  } else if (offset < module->begin) {
    return {};  // the global fragment
  }
  // A linkage specification takes what is in it out of the module.
  for (CXCursor at = declaration; !is_top(at); at = clang_getCursorSemanticParent(at)) {
    const CXCursorKind kind = clang_getCursorKind(at);
    if (kind != CXCursor_LinkageSpec && kind != CXCursor_UnexposedDecl) continue;
    CXFile around = nullptr;
    unsigned begin = 0;
    clang_getFileLocation(clang_getRangeStart(clang_getCursorExtent(at)), &around, nullptr, nullptr,
                          &begin);
    if (around != nullptr && sources_.text(around).substr(begin).starts_with("extern")) return {};
  }
  return module->name;
}

std::string Names::make_id(CXCursor declaration) const {
  // A record may be declared anywhere; what it is, its definition says.
  const CXCursor definition = clang_getCursorDefinition(declaration);
  const CXCursor record = clang::is_null(definition) ? declaration : definition;
  std::string usr = clang::to_string(clang_getCursorUSR(record));
  const CXLinkageKind linkage = clang_getCursorLinkage(record);
  const bool local = is_local(record);
  const bool unnamed = is_unnamed(record);
  // Unlike a C++ class, a C record of that name may be another one in each file.
  const bool c = clang_getCursorLanguage(record) == CXLanguage_C;
  if (linkage == CXLinkage_External && !c && !local && !unnamed && !usr.empty()) {
    const std::string module = module_of(record);
    return module.empty() ? usr : usr + "@M@" + module;
  }
  CXFile file = nullptr;
  unsigned line = 0;
  unsigned column = 0;
  clang_getFileLocation(clang_getCursorLocation(record), &file, &line, &column, nullptr);
  std::string place = sources_.shown(sources_.path(file));
  if (local || unnamed || usr.empty()) {
    place += fmt::format(":{}:{}", line, column);
  }
  // A local type of an instantiated function is another type in each instantiation.
  if (local) {
    CXCursor function = clang_getCursorSemanticParent(record);
    while (!is_top(function) && !clang::is_function_or_template(clang_getCursorKind(function))) {
      function = clang_getCursorSemanticParent(function);
    }
    const std::string scope = clang::to_string(clang_getCursorUSR(function));
    if (!usr.starts_with(scope)) {
      usr = scope + usr;
    }
  }
  return usr + "@" + place;
}

}  // namespace snug
