// Halves of uses that no unit sees as a whole:
//   1. a symbol that two units declare with different types: `extern struct A x;` here and
//      `struct B x;` there, or two names of one symbol (alias, assembly label). Each unit tells the
//      types with which it declares the symbols that it names or defines;
//   2. an object whose address goes through `void*`, or a number, and comes back as another record
//   that begins
//      alike. Each unit tells which records lose their type and which regain one;
//   3. a program that counts its allocations, in one unit, and values that are on the heap or not
//   as
//      their size says, in another.
#include "scan/uses/seen/uses_halves.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "known/value_names.hpp"
#include "scan/parse/lexer.hpp"

namespace snug::uses {

namespace {

/// The name of a type in any language: "A*" for `const struct A *`; empty for what is no record and
/// points nowhere.
std::string type_name(CXType type) {
  std::string stars;
  type = clang_getCanonicalType(type);
  bool array = false;
  for (;; type = clang_getCanonicalType(type)) {
    if (type.kind == CXType_Pointer || type.kind == CXType_LValueReference) {
      type = clang_getPointeeType(type);
      stars += '*';
    } else if (type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray) {
      type = clang_getArrayElementType(type);
      array = true;
    } else {
      break;
    }
  }
  if (type.kind == CXType_FunctionProto || type.kind == CXType_FunctionNoProto ||
      (type.kind != CXType_Record && stars.empty() && !array)) {
    return {};
  }
  std::string name = clang::to_string(clang_getTypeSpelling(clang_getUnqualifiedType(type)));
  for (const std::string_view word : {"struct ", "union ", "class ", "enum "}) {
    if (name.starts_with(word)) name.erase(0, word.size());
  }
  return name + stars;
}

/// The types of a variable, or of the result and the parameters of a function.
std::vector<std::string> type_names(CXCursor declaration) {
  const CXType type = clang_getCursorType(declaration);
  if (clang_getCursorKind(declaration) == CXCursor_VarDecl) return {type_name(type)};
  std::vector<std::string> names{type_name(clang_getResultType(type))};
  const int count = std::max(clang_getNumArgTypes(type), 0);
  for (int i = 0; i < count; ++i) {
    names.push_back(type_name(clang_getArgType(type, static_cast<unsigned>(i))));
  }
  return names;
}

/// The name that the linker knows; empty where the types are a part of it.
std::string symbol_name(const Context& context, CXCursor declaration) {
  bool labelled = false;
  clang::visit_children(declaration, [&](CXCursor child, CXCursor) {
    labelled |= clang_getCursorKind(child) == CXCursor_AsmLabelAttr;
    return labelled ? CXChildVisit_Break : CXChildVisit_Continue;
  });
  const std::string name = spelling(declaration);
  if (!labelled && !context.is_cxx()) return name;
  if (!labelled && clang_getCursorKind(declaration) == CXCursor_FunctionDecl &&
      !clang::to_string(clang_getCursorUSR(declaration)).ends_with("@F@" + name)) {
    return {};
  }
  std::string mangled = clang::to_string(clang_Cursor_getMangling(declaration));
  if (mangled.starts_with('\1')) mangled.erase(0, 1);
  return mangled;
}

/// The words in quotes of `alias("name")`; where a macro hides them, all words of its use.
std::vector<std::string> words_of(const Context& context, CXCursor attribute,
                                  std::string_view written) {
  const std::size_t open = written.find_first_of("\")\n");
  const bool quoted = open != std::string_view::npos && written[open] == '"';
  if (quoted) {
    written.remove_prefix(open + 1);
    return {std::string(written.substr(0, written.find('"')))};
  }
  CXFile file = nullptr;
  const unsigned use = begin_offset(attribute, &file);
  std::vector<std::string> words;
  if (file == nullptr) return words;
  const std::string_view text = context.sources().text(file);
  const std::size_t end =
      std::min(text.find(';', use), std::min<std::size_t>(use + 400, text.size()));
  for (const Lexeme& token : lex(text, use, end)) {
    std::string_view word = snug::spelling(text, token);
    if (token.kind == LexemeKind::Text && word.size() > 2) {
      words.emplace_back(word.substr(1, word.size() - 2));
    } else if (token.kind == LexemeKind::Word) {
      words.emplace_back(word);
    }
  }
  return words;
}

/// The symbols that the declaration is another name of.
std::vector<std::string> aliases_of(const Context& context, CXCursor declaration) {
  std::vector<std::string> names;
  clang::visit_children(declaration, [&](CXCursor child, CXCursor) {
    if (clang_getCursorKind(child) != CXCursor_UnexposedAttr) return CXChildVisit_Continue;
    CXFile written = nullptr;
    unsigned at = 0;
    clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(child)), &written, nullptr,
                              nullptr, &at);
    if (written == nullptr) return CXChildVisit_Continue;
    std::string_view text = context.sources().text(written).substr(at, 200);
    for (const std::string_view scope : {"gnu::", "__gnu__::"}) {
      if (text.starts_with(scope)) text.remove_prefix(scope.size());
    }
    for (const std::string_view word : {"alias", "__alias__", "weakref", "__weakref__", "ifunc"}) {
      if (text.starts_with(word)) names = words_of(context, child, text);
    }
    return CXChildVisit_Continue;
  });
  return names;
}

}  // namespace

void see_symbol(Context& context, CXCursor declaration) {
  const CXCursorKind kind = clang_getCursorKind(declaration);
  if (kind != CXCursor_VarDecl && kind != CXCursor_FunctionDecl) return;
  if (clang_getCursorLinkage(declaration) != CXLinkage_External ||
      !context.sources().in_project(clang_getCursorLocation(declaration)) ||
      !context.symbols().insert(declaration).second) {  // a later one may be the alias
    return;
  }
  const std::vector<std::string> types = type_names(declaration);
  if (std::ranges::all_of(types, &std::string::empty)) return;
  std::vector<std::string> names = aliases_of(context, declaration);
  if (std::string own = symbol_name(context, declaration); !own.empty()) {
    names.push_back(std::move(own));
  }
  for (std::string& name : names) {
    context.add(std::string(), declaration, {},
                {.kind = UseKind::Symbol, .fields = types, .detail = std::move(name)});
  }
}

namespace {

bool is_void_pointer_type(CXType type) {
  return type.kind == CXType_Pointer &&
         clang_getCanonicalType(clang_getPointeeType(type)).kind == CXType_Void;
}

/// A number that an address may be kept in.
bool is_address_number(CXType type) {
  return type.kind == CXType_ULong || type.kind == CXType_Long || type.kind == CXType_ULongLong ||
         type.kind == CXType_LongLong;
}

bool is_function_pointer(CXType type) {
  type = clang_getCanonicalType(type);
  if (type.kind == CXType_Pointer) type = clang_getCanonicalType(clang_getPointeeType(type));
  return type.kind == CXType_FunctionProto || type.kind == CXType_FunctionNoProto;
}

/// How the function that takes the pointer treats it, if it is known by name and seen as a call.
/// One that is given a function hands that the pointer on.
CallKind taken_by(Ancestors ancestors) {
  const std::size_t left = skip_conversions_up(ancestors);
  if (left == 0 || clang_getCursorKind(ancestors[left - 1]) != CXCursor_CallExpr) {
    return CallKind::Unknown;
  }
  const CXCursor call = ancestors[left - 1];
  const int count = clang_Cursor_getNumArguments(call);
  for (int i = 0; i < count; ++i) {
    const CXCursor argument = clang_Cursor_getArgument(call, static_cast<unsigned>(i));
    if (is_function_pointer(clang_getCursorType(argument))) return CallKind::Unknown;
  }
  return call_kind(callee_name(call));
}

/// `memcpy(&b, p, n)` where p is a `void*`: its bytes become those of b, or the other way round.
/// Nothing for other calls.
std::optional<bool> loses_by_copy(CXCursor conversion, Ancestors ancestors) {
  const std::size_t left = skip_conversions_up(ancestors);
  const CXCursor call = ancestors[left - 1];
  if (clang_Cursor_getNumArguments(call) < 3) return std::nullopt;
  const CXCursor to = strip_casts(clang_Cursor_getArgument(call, 0));
  const CXCursor from = strip_casts(clang_Cursor_getArgument(call, 1));
  const bool is_target = same_node(to, strip_casts(conversion));
  const CXType other = clang_getCanonicalType(clang_getCursorType(is_target ? from : to));
  return is_void_pointer_type(other) ? std::optional(!is_target) : std::nullopt;
}

void note_untyped(Context& context, const RecordFacts* record, bool loses, CXCursor at,
                  Ancestors ancestors) {
  if (record == nullptr || !record->counts || record->fields.size() < 2) return;
  auto& [lost, regained] = context.untyped();
  if (!(loses ? lost : regained).insert(record->id).second) return;
  context.add(record->id, at, ancestors,
              {.kind = UseKind::Untyped, .detail = loses ? "loses" : "regains"});
}

/// `(void**)&b`: whoever is given that may put another pointer there.
bool see_pointer_to_pointer(Context& context, CXCursor conversion, CXType from, CXType to,
                            Ancestors ancestors) {
  if (to.kind != CXType_Pointer || from.kind != CXType_Pointer) return false;
  const CXType target = clang_getCanonicalType(clang_getPointeeType(to));
  const CXType source = clang_getCanonicalType(clang_getPointeeType(from));
  if (!is_void_pointer_type(target) || source.kind != CXType_Pointer) return false;
  const RecordFacts* record = context.pointee(source);
  note_untyped(context, record, true, conversion, ancestors);
  note_untyped(context, record, false, conversion, ancestors);
  return true;
}

}  // namespace

void see_untyped_step(Context& context, CXCursor conversion, Ancestors ancestors) {
  const CXType to = clang_getCanonicalType(clang_getCursorType(conversion));
  const bool to_number =
      is_address_number(to) && clang_getCursorKind(conversion) != CXCursor_UnexposedExpr;
  if (to.kind != CXType_Pointer && !to_number) return;
  const CXCursor operand = operand_of(conversion);
  if (clang::is_null(operand)) return;
  const CXType from = clang_getCanonicalType(clang_getCursorType(operand));
  if (see_pointer_to_pointer(context, conversion, from, to, ancestors)) return;
  bool loses = to_number || is_void_pointer_type(to);
  const bool from_number = is_address_number(from) && clang_getCursorKind(strip_casts(operand)) !=
                                                          CXCursor_IntegerLiteral;  // a fixed place
  if (!loses && !from_number && !is_void_pointer_type(from)) return;
  const RecordFacts* record = context.pointee(loses ? from : to);
  if (loses) {
    switch (taken_by(ancestors)) {
      case CallKind::Unknown:
        break;
      case CallKind::Memory: {
        const std::optional<bool> by_copy = loses_by_copy(conversion, ancestors);
        if (!by_copy) return;
        loses = *by_copy;
        break;
      }
      default:
        return;
    }
  } else if (clang_getCursorKind(strip_casts(operand)) == CXCursor_CallExpr &&
             call_kind(callee_name(strip_casts(operand))) == CallKind::Allocation) {
    return;
  }
  note_untyped(context, record, loses, conversion, ancestors);
}

namespace {

bool is_shared(CXCursor place) {
  const CXCursor target = clang_getCursorReferenced(strip_casts(place));
  const CXCursorKind kind = clang_getCursorKind(target);
  return kind != CXCursor_ParmDecl &&
         (kind != CXCursor_VarDecl || clang_getCursorLinkage(target) != CXLinkage_NoLinkage ||
          clang_Cursor_getStorageClass(target) == CX_SC_Static);
}

/// Whether code that hands out memory changes or tells something. Each function is looked at once.
class Notice {
 public:
  explicit Notice(const Context& context) : context_(context) {}

  bool in(CXCursor code) {
    const std::vector<CXCursor> parts = children_of(code);
    switch (clang_getCursorKind(code)) {
      case CXCursor_CXXThrowExpr:
        return false;
      case CXCursor_CompoundAssignOperator:
        if (!parts.empty() && is_shared(parts.front())) return true;
        break;
      case CXCursor_BinaryOperator:
        if (clang_getCursorBinaryOperatorKind(code) == CXBinaryOperator_Assign && !parts.empty() &&
            is_shared(parts.front())) {
          return true;
        }
        break;
      case CXCursor_UnaryOperator:
        if (is_step(code) && !parts.empty() && is_shared(parts.front())) return true;
        break;
      case CXCursor_CallExpr:
        if (in_call(code)) return true;
        break;
      default:
        break;
    }
    return std::ranges::any_of(parts, [&](CXCursor part) { return in(part); });
  }

 private:
  static bool is_step(CXCursor code) {
    const CXUnaryOperatorKind kind = clang_getCursorUnaryOperatorKind(code);
    return kind == CXUnaryOperator_PostInc || kind == CXUnaryOperator_PreInc ||
           kind == CXUnaryOperator_PostDec || kind == CXUnaryOperator_PreDec;
  }

  bool in_call(CXCursor call) {
    const std::string name = callee_name(call);
    if (makes_text(name)) return true;
    static constexpr std::array<std::string_view, 7> kCounts{
        "operator++", "operator+=", "operator=", "fetch_add", "store", "exchange", "push_back"};
    if (std::ranges::find(kCounts, name) != kCounts.end()) return true;
    const CXCursor called = clang_getCursorReferenced(call);
    if (clang_isFunctionTypeVariadic(clang_getCursorType(called)) != 0) return true;
    const CXCursor body = clang::is_null(called) ? called : clang_getCursorDefinition(called);
    if (!clang::is_null(body) && context_.sources().in_project(clang_getCursorLocation(body))) {
      return followed_.insert(clang_getCanonicalCursor(body)).second && in(body);
    }
    // Functions of the system that print have no body here.
    return call_kind(name) == CallKind::Io || name == "puts" || name == "putchar" ||
           name == "fputs";
  }

  const Context& context_;
  clang::CursorSet followed_;
};

}  // namespace

void see_heap_counter(Context& context, CXCursor function) {
  if (!context.is_cxx() || clang_isCursorDefinition(function) == 0) return;
  const std::string name = spelling(function);
  const bool of_class = clang_getCursorKind(function) == CXCursor_CXXMethod;
  if (name != "do_allocate" && (of_class || !name.starts_with("operator new"))) return;
  if (!context.sources().in_project(clang_getCursorLocation(function)) ||
      !Notice(context).in(function)) {
    return;
  }
  context.add(std::string(), function, {}, {.kind = UseKind::HeapChoice, .detail = name});
}

void add_heap_choice(Context& context) {
  for (const CXFile file : clang::included_files(context.sources().unit())) {
    if (!context.sources().may_be_project(file)) continue;
    const std::string_view text = context.sources().text(file);
    for (const std::string_view word : heap_by_size()) {
      const std::size_t at = text.find(word);
      if (at == std::string_view::npos) continue;
      Use use;
      use.kind = UseKind::HeapChoice;
      use.where = context.sources().range(file, static_cast<unsigned>(at),
                                          static_cast<unsigned>(at + word.size()));
      use.asserted = true;
      use.detail = word.substr(0, word.find('<'));
      context.uses().push_back(std::move(use));
      return;
    }
  }
}

}  // namespace snug::uses
