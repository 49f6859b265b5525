#include "scan/uses/uses_origins.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace snug::uses {

namespace {

/// A number that can count bytes.
bool may_count(CXCursor parameter) {
  const CXType type = clang_getCanonicalType(clang_getCursorType(parameter));
  return is_scalar_number(type) && type.kind != CXType_Bool && type.kind != CXType_Enum;
}

}  // namespace

bool is_length_by_name(CXCursor parameter) {
  std::string name = spelling(parameter);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  static constexpr std::array<std::string_view, 6> kParts{"len",   "size", "bytes",
                                                          "count", "num",  "sz"};
  return may_count(parameter) &&
         (name == "n" || std::any_of(kParts.begin(), kParts.end(), [&](std::string_view part) {
            return name.find(part) != std::string::npos;
          }));
}

namespace {

/// True for parameters like `size_t n`, `int len`, `unsigned num_bytes`.
bool is_length(CXCursor parameter) {
  const CXType type = clang_getCursorType(parameter);
  return is_length_by_name(parameter) ||
         (may_count(parameter) &&
          clang::to_string(clang_getTypeSpelling(type)).find("size_t") != std::string::npos);
}

CXCursor initializer_of(CXCursor variable) {
  CXCursor value = clang_getNullCursor();
  clang::visit_children(variable, [&](CXCursor child, CXCursor) {
    if (clang_isExpression(clang_getCursorKind(child)) != 0) {
      value = child;
    }
    return CXChildVisit_Continue;
  });
  return value;
}

/// A `void*` parameter right before a length is a piece of memory.
bool has_length_after(CXCursor parameter) {
  const CXCursor function = clang_getCursorSemanticParent(parameter);
  const int count = clang_Cursor_getNumArguments(function);
  for (int i = 0; i + 1 < count; ++i) {
    const auto index = static_cast<unsigned>(i);
    if (clang_equalCursors(clang_Cursor_getArgument(function, index), parameter) != 0) {
      return is_length(clang_Cursor_getArgument(function, index + 1));
    }
  }
  return false;
}

bool is_aligned_storage(CXCursor field) {
  bool aligned = false;
  clang::visit_children(field, [&](CXCursor child, CXCursor) {
    aligned |= clang_getCursorKind(child) == CXCursor_AlignedAttr;
    return aligned ? CXChildVisit_Break : CXChildVisit_Continue;
  });
  return aligned;
}

/// True for an array of bytes or numbers that has contents from the start.
bool has_contents(CXCursor variable) {
  const CXType type = clang_getCanonicalType(clang_getCursorType(variable));
  const CXCursor value = clang_Cursor_getVarDeclInitializer(variable);
  return type.kind == CXType_ConstantArray &&
         is_scalar_number(clang_getCanonicalType(clang_getArrayElementType(type))) &&
         !clang::is_null(value) && !is_zero(value);
}

/// True for a call of a function that is seen to return a place in such an array.
bool returns_contents(CXCursor call) {
  const CXCursor function = clang_getCursorDefinition(clang_getCursorReferenced(call));
  bool found = false;
  if (clang::is_null(function) || clang_getCursorKind(function) == CXCursor_Constructor) {
    return false;
  }
  clang::visit_children(function, [&](CXCursor child, CXCursor) {
    if (clang_getCursorKind(child) != CXCursor_ReturnStmt) return CXChildVisit_Recurse;
    for (const CXCursor part : children_of(child)) {
      CXCursor plain = strip_casts(part);
      while (clang_getCursorKind(plain) == CXCursor_BinaryOperator ||
             clang_getCursorKind(plain) == CXCursor_UnaryOperator ||
             clang_getCursorKind(plain) == CXCursor_ArraySubscriptExpr) {
        plain = strip_casts(children_of(plain).front());
      }
      found |= clang_getCursorKind(plain) == CXCursor_DeclRefExpr &&
               has_contents(clang_getCursorReferenced(plain));
    }
    return found ? CXChildVisit_Break : CXChildVisit_Continue;
  });
  return found;
}

}  // namespace

Origin origin_of(Context& context, CXCursor expression, int depth) {
  expression = strip_casts(expression);
  switch (clang_getCursorKind(expression)) {
    case CXCursor_CallExpr: {
      const std::string name = callee_name(expression);
      const CallKind kind = call_kind(name);
      if (kind == CallKind::Map) {
        return Origin::Mapped;
      }
      if (name == "launder") {
        return Origin::Storage;
      }
      if (kind == CallKind::Allocation) return Origin::Memory;
      return returns_contents(expression) ? Origin::Bytes : Origin::Unknown;
    }
    case CXCursor_CXXNewExpr:
      return Origin::Memory;
    case CXCursor_BinaryOperator:
    case CXCursor_UnaryOperator:
    case CXCursor_ArraySubscriptExpr: {
      const std::vector<CXCursor> parts = children_of(expression);
      return parts.empty() ? Origin::Unknown : origin_of(context, parts.front(), depth);
    }
    case CXCursor_MemberRefExpr: {
      const CXCursor field = clang_getCursorReferenced(expression);
      const bool array =
          clang_getCanonicalType(clang_getCursorType(field)).kind == CXType_ConstantArray;
      return array && is_aligned_storage(field) ? Origin::Storage : Origin::Unknown;
    }
    case CXCursor_DeclRefExpr: {
      const CXCursor variable = clang_getCursorReferenced(expression);
      if (clang_getCursorKind(variable) == CXCursor_ParmDecl) {
        return has_length_after(variable) ? Origin::Bytes : Origin::Unknown;
      }
      const CXType type = clang_getCanonicalType(clang_getCursorType(variable));
      if (type.kind == CXType_ConstantArray) {
        return Origin::Bytes;
      }
      const CXCursor value = initializer_of(variable);
      if (clang::is_null(value) || depth == 0) {
        return Origin::Unknown;
      }
      const Origin origin = origin_of(context, value, depth - 1);
      const CXCursor plain = strip_casts(value);
      return origin == Origin::Unknown && is_cast(clang_getCursorKind(value)) &&
                     context.pointee(clang_getCursorType(plain)) == nullptr
                 ? Origin::Unknown
                 : origin;
    }
    default:
      return Origin::Unknown;
  }
}

}  // namespace snug::uses
