// Records that something outside of the language finds by a name: assembly by a symbol, hardware
// and loaders by a section.
//
// 1. Where text of the project holds assembly outside of functions, the names in it are collected:
//    all words but instructions. What the unit declares under such a name, and the records that it
//    is made of, are known to that assembly.
// 2. A variable in a section of its own is read by whoever knows the section. Sections that only
//    say where data goes (".data.hot") have no such reader; nor has one that is walked as an array
//    of the same record, from __start_NAME.
// 3. An object that is a template argument is spelled in the names of what is made of the template.
#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string>
#include <string_view>

#include "scan/parse/lexer.hpp"
#include "scan/uses/uses_context.hpp"

namespace snug::uses {

namespace {

using NameSet = std::set<std::string, std::less<>>;

bool is_name_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' || c == '.';
}

/// Adds the words of one instruction that can be symbols: not its first one, but for labels.
void add_operands(std::string_view instruction, NameSet& names) {
  bool first = true;
  for (std::size_t at = 0; at < instruction.size();) {
    if (!is_name_character(instruction[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < instruction.size() && is_name_character(instruction[end])) ++end;
    const bool is_register = at > 0 && instruction[at - 1] == '%';
    const bool label = end < instruction.size() && instruction[end] == ':';
    if ((!first || label) && !is_register) names.emplace(instruction.substr(at, end - at));
    first = label;
    at = end;
  }
}

/// Adds the text of a string literal, with breaks for its escapes.
void add_text(std::string_view literal, std::string& code) {
  const std::size_t open = literal.find('"');
  if (open == std::string_view::npos || literal.size() < open + 2) return;
  for (std::size_t i = open + 1; i + 1 < literal.size(); ++i) {
    const bool escape = literal[i] == '\\' && i + 2 < literal.size();
    code += !escape ? literal[i] : literal[i + 1] == 't' ? ' ' : '\n';
    i += escape ? 1 : 0;
  }
}

/// The symbols that the text of assembly names in a file.
void collect_assembly(const Sources& sources, CXFile file, NameSet& names) {
  const std::string_view text = sources.text(file);
  if (text.find("asm") == std::string_view::npos) return;
  const std::vector<Lexeme> tokens = lex(text, 0, text.size());
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const std::string_view word = snug::spelling(text, tokens[i]);
    if (word != "asm" && word != "__asm__" && word != "__asm") continue;
    std::size_t open = i + 1;
    const auto qualifies = [&](std::string_view next) {
      return next == "volatile" || next == "__volatile__" || next == "goto" || next == "inline";
    };
    while (open < tokens.size() && qualifies(snug::spelling(text, tokens[open]))) ++open;
    if (open >= tokens.size() || snug::spelling(text, tokens[open]) != "(") continue;
    // In a function, operands tell what it is given; the symbols in its text are found here.
    std::string code;
    for (std::size_t at = open + 1; at < tokens.size() && tokens[at].kind == LexemeKind::Text;
         ++at) {
      add_text(snug::spelling(text, tokens[at]), code);
    }
    for (std::size_t begin = 0; begin < code.size();) {
      const std::size_t end = std::min(code.find_first_of("\n;", begin), code.size());
      add_operands(std::string_view(code).substr(begin, end - begin), names);
      begin = end + 1;
    }
  }
}

class KnownToAssembly {
 public:
  KnownToAssembly(Context& context, const NameSet& names) : context_(context), names_(names) {}

  void look_at(CXCursor declaration) {
    switch (clang_getCursorKind(declaration)) {
      case CXCursor_Namespace:
      case CXCursor_LinkageSpec:
        for (const CXCursor child : children_of(declaration)) look_at(child);
        return;
      case CXCursor_VarDecl:
        if (is_named(declaration)) add(declaration, clang_getCursorType(declaration));
        return;
      case CXCursor_FunctionDecl:
        if (is_named(declaration)) add_function(declaration);
        return;
      default:
        return;
    }
  }

 private:
  [[nodiscard]] bool is_named(CXCursor declaration) const {
    return names_.contains(spelling(declaration)) ||
           (context_.is_cxx() &&
            names_.contains(clang::to_string(clang_Cursor_getMangling(declaration))));
  }

  void add_function(CXCursor function) {
    const CXType type = clang_getCursorType(function);
    add(function, clang_getResultType(type));
    const int count = clang_getNumArgTypes(type);
    for (int i = 0; i < count; ++i) add(function, clang_getArgType(type, static_cast<unsigned>(i)));
  }

  void add(CXCursor declaration, CXType type) {
    type = clang_getCanonicalType(type);
    while (type.kind == CXType_Pointer) {
      type = clang_getCanonicalType(clang_getPointeeType(type));
    }
    if (const RecordFacts* record = context_.record(type)) {
      context_.add(*record, declaration, {},
                   {.kind = UseKind::ByteCast,
                    .detail = "is known to assembly through '" + spelling(declaration) + "'"});
    }
  }

  Context& context_;
  const NameSet& names_;
};

/// The name of the section that an attribute of a declaration tells; empty if there is none.
std::string section_of(const Context& context, CXCursor declaration) {
  std::string section;
  clang::visit_children(declaration, [&](CXCursor child, CXCursor) {
    if (clang_getCursorKind(child) != CXCursor_UnexposedAttr) return CXChildVisit_Continue;
    const CXSourceLocation begin = clang_getRangeStart(clang_getCursorExtent(child));
    CXFile written = nullptr;
    CXFile expanded = nullptr;
    unsigned at = 0;
    unsigned use = 0;
    clang_getSpellingLocation(begin, &written, nullptr, nullptr, &at);
    clang_getFileLocation(begin, &expanded, nullptr, nullptr, &use);
    if (written == nullptr || expanded == nullptr) return CXChildVisit_Continue;
    std::string_view text = context.sources().text(written).substr(at, 120);
    if (!text.starts_with("section") && !text.starts_with("__section__")) {
      return CXChildVisit_Continue;
    }
    std::size_t open = text.find_first_of("\")\n");
    if (open == std::string_view::npos || text[open] != '"') {  // an argument of a macro
      text = context.sources().text(expanded).substr(use, 120);
      open = text.find_first_of("\";\n");
    }
    if (open != std::string_view::npos && text[open] == '"') {
      text.remove_prefix(open + 1);
      section = text.substr(0, text.find('"'));
    }
    return CXChildVisit_Break;
  });
  return section;
}

/// True for sections that say where data goes and nothing else.
bool is_placement(std::string_view section) {
  static constexpr std::array<std::string_view, 14> kPrefixes{
      ".data", ".bss",   ".rodata", ".tdata", ".tbss",    ".noinit",       ".sdata",
      ".sbss", ".init.", ".ldata",  ".lbss",  ".lrodata", "__DATA,__data", "__DATA,__bss"};
  return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return section.starts_with(prefix); });
}

/// Names of functions and types hold the values of their template arguments, field by field.
bool reads_names(std::string_view text) {
  return text.find("__PRETTY_FUNCTION__") != std::string_view::npos ||
         text.find("__FUNCSIG__") != std::string_view::npos ||
         text.find("typeid") != std::string_view::npos ||
         text.find("function_name()") != std::string_view::npos;
}

}  // namespace

void see_section(Context& context, CXCursor variable) {
  const RecordFacts* record = context.record(clang_getCursorType(variable));
  const std::string name = spelling(variable);
  Sections& sections = context.sections();
  for (const std::string_view mark : {"__start_", "__stop_"}) {
    if (name.starts_with(mark)) sections.walked_as[name.substr(mark.size())] = record;
  }
  if (record == nullptr || !record->counts || clang_Cursor_hasVarDeclGlobalStorage(variable) == 0) {
    return;
  }
  std::string section = section_of(context, variable);
  if (!section.empty() && !is_placement(section)) {
    sections.variables.push_back({variable, record, std::move(section)});
  }
}

void see_template_argument(Context& context, CXCursor list) {
  const RecordFacts* record = context.record(clang_getCursorType(list));
  CXFile file = nullptr;
  const unsigned begin = begin_offset(list, &file);
  if (record == nullptr || !record->counts || file == nullptr) return;
  std::string_view before = context.sources().text(file).substr(0, begin);
  const auto is_type_name = [](char c) {
    return is_name_character(c) || c == ':' || c == ' ' || c == '\n' || c == '\t';
  };
  while (!before.empty() && is_type_name(before.back())) before.remove_suffix(1);
  if (before.ends_with('<')) context.template_arguments().push_back({list, record});
}

void see_symbols(Context& context, std::span<const CXFile> files) {
  for (const auto& [variable, record, section] : context.sections().variables) {
    // The linker tells where a section begins whose name is an identifier.
    const auto walk = context.sections().walked_as.find(section);
    const bool raw = walk == context.sections().walked_as.end() ? section.starts_with('.')
                                                                : walk->second != record;
    if (!raw) continue;
    context.add(*record, variable, {},
                {.kind = UseKind::ByteCast, .detail = "is read in the section '" + section + "'"});
  }
  if (!context.template_arguments().empty() &&
      std::any_of(files.begin(), files.end(),
                  [&](CXFile file) { return reads_names(context.sources().text(file)); })) {
    for (const auto& [list, record] : context.template_arguments()) {
      context.add(*record, list, {},
                  {.kind = UseKind::ByteCast,
                   .detail = "is spelled in the names of templates, which the code reads"});
    }
  }
  NameSet names;
  for (const CXFile file : files) collect_assembly(context.sources(), file, names);
  if (names.empty()) return;
  KnownToAssembly known(context, names);
  for (const CXCursor child :
       children_of(clang_getTranslationUnitCursor(context.sources().unit()))) {
    known.look_at(child);
  }
}

}  // namespace snug::uses
