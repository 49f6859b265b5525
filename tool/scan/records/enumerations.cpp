#include "scan/records/enumerations.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "scan/parse/clang.hpp"
#include "scan/parse/lexer.hpp"
#include "scan/uses/uses_context.hpp"

namespace snug {

namespace {

/// Where the text of a declaration's head ends and what it says: `enum class Name : T {`.
struct Head {
  SourceRange type_text;
  bool conditional = false;
  bool known = false;
};

Head read_head(CXCursor declaration, const Sources& sources) {
  Head head;
  CXFile file = nullptr;
  CXFile end_file = nullptr;
  unsigned name = 0;
  unsigned end = 0;
  clang_getFileLocation(clang_getCursorLocation(declaration), &file, nullptr, nullptr, &name);
  clang_getFileLocation(clang_getRangeEnd(clang_getCursorExtent(declaration)), &end_file, nullptr,
                        nullptr, &end);
  if (file == nullptr || file != end_file || end < name) return head;
  const std::string_view text = sources.text(file);
  const std::vector<Lexeme> tokens = lex(text, name, std::min<std::size_t>(end, text.size()));
  if (tokens.empty() || tokens.front().kind != LexemeKind::Word) return head;
  std::size_t at = 1;
  std::size_t insert = tokens.front().end;
  // An enumeration that is defined outside of its class is named with its scopes.
  while (at + 1 < tokens.size() && spelling(text, tokens[at]) == "::") {
    insert = tokens[at + 1].end;
    at += 2;
  }
  head.known = true;
  head.type_text = sources.range(file, insert, insert);
  if (at < tokens.size() && spelling(text, tokens[at]) == ":") {
    const std::size_t first = ++at;
    while (at < tokens.size() && spelling(text, tokens[at]) != "{") ++at;
    if (at == first) return Head();
    head.type_text = sources.range(file, tokens[first].begin, tokens[at - 1].end);
  }
  head.conditional = std::any_of(tokens.begin(), tokens.end(), [&](const Lexeme& token) {
    return token.kind == LexemeKind::Directive && is_conditional(spelling(text, token));
  });
  return head;
}

/// A type whose name says how wide it is: whoever wrote it meant the width.
bool names_width(std::string_view text) {
  constexpr std::array<std::string_view, 5> words = {"byte", "char", "int8", "int16", "char8_t"};
  const bool digits =
      std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  const bool quantity =
      text.find("size_t") != std::string_view::npos || text.find("ptr") != std::string_view::npos;
  return digits || quantity || std::any_of(words.begin(), words.end(), [&](std::string_view word) {
           return text.find(word) != std::string_view::npos;
         });
}

bool includes_integers(std::string_view text) {
  return text.find("<cstdint>") != std::string_view::npos;
}

bool in_c_linkage(std::span<const CXCursor> ancestors, const Sources& sources) {
  return std::any_of(ancestors.begin(), ancestors.end(), [&](CXCursor above) {
    if (clang_getCursorKind(above) != CXCursor_LinkageSpec) return false;
    CXFile file = nullptr;
    unsigned offset = 0;
    clang_getFileLocation(clang_getRangeStart(clang_getCursorExtent(above)), &file, nullptr,
                          nullptr, &offset);
    const std::string_view text = file == nullptr ? std::string_view() : sources.text(file);
    // A macro may stand for it; the one that does not say C++ is taken for C.
    return text.substr(std::min<std::size_t>(offset, text.size()), 40).find("\"C++\"") ==
           std::string_view::npos;
  });
}

/// Values and attributes of a definition.
void read_values(CXCursor declaration, CXType integer, Enumeration& result) {
  const bool is_unsigned = integer.kind >= CXType_Bool && integer.kind <= CXType_UInt128;
  clang::visit_children(declaration, [&](CXCursor child, CXCursor) {
    const CXCursorKind kind = clang_getCursorKind(child);
    result.attribute = result.attribute || clang_isAttribute(kind) != 0;
    if (kind != CXCursor_EnumConstantDecl) return CXChildVisit_Continue;
    ++result.count;
    const std::int64_t value = clang_getEnumConstantDeclValue(child);
    if (is_unsigned) {
      result.greatest =
          std::max<std::uint64_t>(result.greatest, clang_getEnumConstantDeclUnsignedValue(child));
    } else if (value < 0) {
      result.least = std::min(result.least, value);
    } else {
      result.greatest = std::max(result.greatest, static_cast<std::uint64_t>(value));
    }
    return CXChildVisit_Continue;
  });
}

/// The enumeration itself, below qualifiers, references, pointers and arrays.
CXType innermost_type(CXType type) {
  CXType at = clang_getCanonicalType(type);
  for (;;) {
    switch (at.kind) {
      case CXType_LValueReference:
      case CXType_RValueReference:
      case CXType_Pointer:
        at = clang_getCanonicalType(clang_getPointeeType(at));
        break;
      case CXType_ConstantArray:
      case CXType_IncompleteArray:
      case CXType_VariableArray:
        at = clang_getCanonicalType(clang_getArrayElementType(at));
        break;
      default:
        return at;
    }
  }
}

bool is_integer(CXType type) {
  const CXTypeKind kind = clang_getCanonicalType(type).kind;
  return kind >= CXType_Char_U && kind <= CXType_Int128;
}

CXCursor last_expression(CXCursor cursor) {
  CXCursor last = clang_getNullCursor();
  clang::visit_children(cursor, [&](CXCursor child, CXCursor) {
    if (clang_isExpression(clang_getCursorKind(child)) != 0) last = child;
    return CXChildVisit_Continue;
  });
  return last;
}

std::string name_of(CXCursor cursor) {
  return clang::to_string(clang_getCursorSpelling(cursor));
}

bool names_stored_type(std::string_view name) {
  return name == "underlying_type" || name == "underlying_type_t";
}

/// A function that takes a number of bytes to touch or to hand out: that follows by itself.
bool touches_memory(std::string_view name) {
  const uses::CallKind kind = uses::call_kind(name);
  return kind != uses::CallKind::Unknown && kind != uses::CallKind::Neutral;
}

}  // namespace

std::string enumeration_id(CXType type, const Sources& sources) {
  const CXType canonical = clang_getCanonicalType(type);
  if (canonical.kind != CXType_Enum) return {};
  const CXCursor declaration = clang_getTypeDeclaration(canonical);
  const CXCursor definition = clang_getCursorDefinition(declaration);
  const CXCursor at = clang::is_null(definition) ? declaration : definition;
  const CXSourceLocation location = clang_getCursorLocation(at);
  if (!sources.in_project(location)) return {};
  CXFile file = nullptr;
  unsigned offset = 0;
  clang_getFileLocation(location, &file, nullptr, nullptr, &offset);
  return file == nullptr ? std::string() : fmt::format("{}:{}", sources.path(file), offset);
}

void EnumScanner::visit(CXCursor cursor, std::span<const CXCursor> ancestors) {
  switch (clang_getCursorKind(cursor)) {
    case CXCursor_EnumDecl:
      return see_declaration(cursor, ancestors);
    case CXCursor_UnaryOperator:
      return see_complement(cursor);
    case CXCursor_UnaryExpr:
      return see_size(cursor, ancestors);
    case CXCursor_TemplateRef:
      return see_stored_type(cursor, ancestors);
    case CXCursor_CallExpr:
      return see_call(cursor);
    case CXCursor_CStyleCastExpr:
    case CXCursor_CXXStaticCastExpr:
    case CXCursor_CXXReinterpretCastExpr:
    case CXCursor_CXXFunctionalCastExpr:
      return see_cast(cursor);
    case CXCursor_FunctionDecl:
    case CXCursor_CXXMethod:
      return see_function(cursor);
    default:
      return;
  }
}

void EnumScanner::see_declaration(CXCursor declaration, std::span<const CXCursor> ancestors) {
  const CXSourceLocation location = clang_getCursorLocation(declaration);
  if (!sources_.reported(location)) return;
  CXFile file = nullptr;
  unsigned offset = 0;
  clang_getFileLocation(location, &file, nullptr, nullptr, &offset);
  if (file == nullptr) return;
  Enumeration result;
  result.id = fmt::format("{}:{}", sources_.path(file), offset);
  if (enumerations_.contains(result.id)) return;
  const CXType type = clang_getCursorType(declaration);
  const CXType integer = clang_getCanonicalType(clang_getEnumDeclIntegerType(declaration));
  result.usr = clang::to_string(clang_getCursorUSR(declaration));
  result.name = names_.qualified(declaration);
  result.underlying = names_.type(integer);
  result.where = sources_.name(declaration);
  // Inside a template the type itself counts as dependent.
  const bool complete = clang_Type_getSizeOf(type) > 0;
  const long long size = clang_Type_getSizeOf(complete ? type : integer);
  const long long align = clang_Type_getAlignOf(complete ? type : integer);
  if (size <= 0 || align <= 0) return;
  result.size = static_cast<std::uint64_t>(size);
  result.align = static_cast<std::uint64_t>(align);
  result.opaque = clang_isCursorDefinition(declaration) == 0;
  result.scoped = clang_EnumDecl_isScoped(declaration) != 0;
  result.c = !cxx_;
  result.c_linkage = in_c_linkage(ancestors, sources_);
  // One without a name of its own is placed at its keyword.
  result.from_macro =
      sources_.in_macro(declaration) && !sources_.text(file).substr(offset).starts_with("enum");
  read_values(declaration, integer, result);
  const Head head = read_head(declaration, sources_);
  const std::string_view text = sources_.text(file);
  if (head.known) {
    result.type_text = head.type_text;
    result.fixed = head.type_text.end > head.type_text.begin;
    result.exact =
        names_width(text.substr(head.type_text.begin, head.type_text.end - head.type_text.begin));
    result.conditional = head.conditional;
  }
  result.standard_integers = includes_integers(text);
  enumerations_.emplace(result.id, std::move(result));
}

void EnumScanner::see_complement(CXCursor expression) {
  if (clang_getCursorUnaryOperatorKind(expression) != CXUnaryOperator_Not) return;
  CXCursor operand = last_expression(expression);
  // Below promotions and casts to the number that it is.
  while (!clang::is_null(operand)) {
    const CXType type = clang_getCanonicalType(clang_getCursorType(operand));
    if (type.kind == CXType_Enum) return add(type, EnumUseKind::Complement, expression);
    operand = last_expression(operand);
  }
}

void EnumScanner::see_cast(CXCursor cast) {
  const CXType to = clang_getCanonicalType(clang_getCursorType(cast));
  const CXCursor operand = last_expression(cast);
  if (clang::is_null(operand)) return;
  const CXType from = clang_getCanonicalType(clang_getCursorType(operand));
  if (to.kind == CXType_Enum) {
    if (!is_integer(from)) return;
    CXEvalResult value = clang_Cursor_Evaluate(operand);
    const bool constant = value != nullptr && clang_EvalResult_getKind(value) == CXEval_Int;
    const std::int64_t number = constant ? clang_EvalResult_getAsLongLong(value) : 0;
    if (value != nullptr) clang_EvalResult_dispose(value);
    return add(to, constant ? EnumUseKind::ConstantCast : EnumUseKind::WideCast, cast, number);
  }
  if (to.kind != CXType_Pointer || from.kind != CXType_Pointer) return;
  const CXType target = innermost_type(to);
  const CXType source = innermost_type(from);
  if (target.kind == source.kind && clang_equalTypes(target, source) != 0) return;
  if (target.kind == CXType_Enum) add(target, EnumUseKind::PointerCast, cast);
  if (source.kind == CXType_Enum) add(source, EnumUseKind::PointerCast, cast);
}

/// `sizeof(E)`, `sizeof(std::variant<char, E>)`; not where it counts elements or bytes to touch.
void EnumScanner::see_size(CXCursor size, std::span<const CXCursor> ancestors) {
  for (auto above = ancestors.rbegin(); above != ancestors.rend(); ++above) {
    const CXCursorKind kind = clang_getCursorKind(*above);
    if (kind == CXCursor_BinaryOperator &&
        clang_getCursorBinaryOperatorKind(*above) == CXBinaryOperator_Div) {
      return;
    }
    if (kind == CXCursor_CallExpr && touches_memory(name_of(clang_getCursorReferenced(*above)))) {
      return;
    }
    if (clang_isExpression(kind) == 0) break;
  }
  clang::visit_children(size, [&](CXCursor child, CXCursor) {
    const CXType type = clang_getCanonicalType(clang_getCursorType(child));
    const bool named = clang_getCursorKind(child) == CXCursor_TypeRef;
    if (named || clang_isExpression(clang_getCursorKind(child)) != 0) {
      add(type.kind == CXType_Pointer ? type : innermost_type(type), EnumUseKind::PointerCast,
          size);
    }
    return CXChildVisit_Continue;
  });
}

/// `std::underlying_type_t<E>`: the types that stand behind the name.
void EnumScanner::see_stored_type(CXCursor name, std::span<const CXCursor> ancestors) {
  if (ancestors.empty() || !names_stored_type(name_of(clang_getCursorReferenced(name)))) return;
  clang::visit_children(ancestors.back(), [&](CXCursor child, CXCursor) {
    if (clang_getCursorKind(child) == CXCursor_TypeRef) {
      add(clang_getCursorType(child), EnumUseKind::PointerCast, name);
    }
    return CXChildVisit_Continue;
  });
}

/// `to_underlying(e)`, and templates of the project that do the same.
void EnumScanner::see_call(CXCursor call) {
  const CXCursor function = clang_getCursorReferenced(call);
  const CXCursor pattern = clang_getSpecializedCursorTemplate(function);
  const int count = clang_Cursor_getNumArguments(call);
  if (clang::is_null(pattern) || count < 1) return;
  bool any = false;
  for (int i = 0; i < count && !any; ++i) {
    const CXCursor argument = clang_Cursor_getArgument(call, static_cast<unsigned>(i));
    any = clang_getCanonicalType(clang_getCursorType(argument)).kind == CXType_Enum;
  }
  if (!any || !asks_stored_type(pattern)) return;
  for (int i = 0; i < count; ++i) {
    add(clang_getCursorType(clang_Cursor_getArgument(call, static_cast<unsigned>(i))),
        EnumUseKind::PointerCast, call);
  }
}

/// True if the text of a function template speaks of the type that an enumeration is stored in, or
/// of a size.
bool EnumScanner::asks_stored_type(CXCursor pattern) {
  const auto [place, is_new] = asking_.try_emplace(pattern, false);
  if (!is_new) return place->second;
  CXFile file = nullptr;
  unsigned begin = 0;
  unsigned end = 0;
  const CXSourceRange extent = clang_getCursorExtent(pattern);
  clang_getFileLocation(clang_getRangeStart(extent), &file, nullptr, nullptr, &begin);
  clang_getFileLocation(clang_getRangeEnd(extent), nullptr, nullptr, nullptr, &end);
  if (name_of(pattern) == "to_underlying") return asking_[pattern] = true;
  if (file == nullptr || end <= begin || !sources_.may_be_project(file)) return false;
  const std::string_view text = sources_.text(file).substr(begin, end - begin);
  const bool asks = text.find("underlying_type") != std::string_view::npos ||
                    text.find("to_underlying") != std::string_view::npos ||
                    text.find("sizeof") != std::string_view::npos;
  return asking_[pattern] = asks;
}

void EnumScanner::see_function(CXCursor function) {
  const CXType type = clang_getCanonicalType(clang_getCursorType(function));
  const int arguments = clang_getNumArgTypes(type);
  const std::string name = clang::to_string(clang_getCursorSpelling(function));
  if (name == "operator~") {
    for (int i = 0; i < arguments; ++i) {
      add(innermost_type(clang_getArgType(type, static_cast<unsigned>(i))), EnumUseKind::Complement,
          function);
    }
  }
  if (clang_getCursorKind(function) != CXCursor_FunctionDecl) return;
  if (clang_getCursorLinkage(function) != CXLinkage_External) return;
  bool has_enum = innermost_type(clang_getResultType(type)).kind == CXType_Enum;
  for (int i = 0; i < arguments && !has_enum; ++i) {
    has_enum = innermost_type(clang_getArgType(type, static_cast<unsigned>(i))).kind == CXType_Enum;
  }
  // The mangled name of a function with C linkage is its name.
  if (!has_enum || clang::to_string(clang_Cursor_getMangling(function)) != name) return;
  add(innermost_type(clang_getResultType(type)), EnumUseKind::Linkage, function);
  for (int i = 0; i < arguments; ++i) {
    add(innermost_type(clang_getArgType(type, static_cast<unsigned>(i))), EnumUseKind::Linkage,
        function);
  }
}

void EnumScanner::add(CXType type, EnumUseKind kind, CXCursor at, std::int64_t value) {
  const std::string id = enumeration_id(type, sources_);
  if (id.empty()) return;
  EnumUse use;
  use.enumeration = id;
  use.where = sources_.range(clang_getCursorExtent(at));
  use.kind = kind;
  use.value = value;
  uses_.insert(std::move(use));
}

void EnumScanner::finish(Model& model) {
  for (auto& [id, enumeration] : enumerations_) {
    model.enumerations.push_back(std::move(enumeration));
  }
  model.enum_uses.assign(uses_.begin(), uses_.end());
  enumerations_.clear();
  uses_.clear();
}

}  // namespace snug
