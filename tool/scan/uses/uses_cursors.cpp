// Small questions about cursors that libclang answers only in several steps.
#include <algorithm>

#include "scan/uses/uses_context.hpp"

namespace snug::uses {

bool same_node(CXCursor a, CXCursor b) {
  return clang_getCursorKind(a) == clang_getCursorKind(b) && a.data[1] == b.data[1];
}

std::vector<CXCursor> children_of(CXCursor cursor) {
  std::vector<CXCursor> children;
  clang::visit_children(cursor, [&](CXCursor child, CXCursor) {
    children.push_back(child);
    return CXChildVisit_Continue;
  });
  return children;
}

CXCursor operand_of(CXCursor cursor) {
  CXCursor last = clang_getNullCursor();
  clang::visit_children(cursor, [&](CXCursor child, CXCursor) {
    if (clang_isExpression(clang_getCursorKind(child)) != 0) {
      last = child;
    }
    return CXChildVisit_Continue;
  });
  return last;
}

bool is_implicit(CXCursorKind kind) {
  return kind == CXCursor_UnexposedExpr || kind == CXCursor_ParenExpr;
}

bool is_cast(CXCursorKind kind) {
  return kind == CXCursor_CStyleCastExpr || kind == CXCursor_CXXStaticCastExpr ||
         kind == CXCursor_CXXReinterpretCastExpr || kind == CXCursor_CXXConstCastExpr ||
         kind == CXCursor_CXXFunctionalCastExpr;
}

namespace {

CXCursor strip(CXCursor expression, bool casts) {
  while (true) {
    const CXCursorKind kind = clang_getCursorKind(expression);
    if (!is_implicit(kind) && !(casts && is_cast(kind))) {
      return expression;
    }
    const CXCursor operand = operand_of(expression);
    if (clang::is_null(operand)) {
      return expression;
    }
    expression = operand;
  }
}

}  // namespace

CXCursor strip_implicit(CXCursor expression) {
  return strip(expression, false);
}

CXCursor strip_casts(CXCursor expression) {
  return strip(expression, true);
}

std::size_t skip_conversions_up(Ancestors ancestors) {
  std::size_t left = ancestors.size();
  while (left > 0) {
    const CXCursorKind kind = clang_getCursorKind(ancestors[left - 1]);
    if (!is_implicit(kind) && !is_cast(kind)) {
      break;
    }
    --left;
  }
  return left;
}

std::string spelling(CXCursor cursor) {
  return clang::to_string(clang_getCursorSpelling(cursor));
}

std::string callee_name(CXCursor call) {
  std::string name = spelling(call);
  if (name.empty()) {
    const CXCursor referenced = clang_getCursorReferenced(call);
    name = clang::is_null(referenced) ? std::string() : spelling(referenced);
  }
  return name;
}

unsigned begin_offset(CXCursor cursor, CXFile* file) {
  unsigned offset = 0;
  clang_getFileLocation(clang_getRangeStart(clang_getCursorExtent(cursor)), file, nullptr, nullptr,
                        &offset);
  return offset;
}

bool begins_with(const Context& context, CXCursor cursor, std::string_view word) {
  CXFile file = nullptr;
  unsigned offset = 0;
  clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(cursor)), &file, nullptr,
                            nullptr, &offset);
  if (file == nullptr) {
    return false;
  }
  const std::string_view text = context.sources().text(file);
  return offset <= text.size() && text.substr(offset).starts_with(word);
}

bool is_byte_type(CXType type) {
  type = clang_getCanonicalType(type);
  switch (type.kind) {
    case CXType_Char_U:
    case CXType_Char_S:
    case CXType_UChar:
    case CXType_SChar:
      return true;
    case CXType_Enum:
      return spelling(clang_getTypeDeclaration(type)) == "byte";
    default:
      return clang_Type_getSizeOf(type) == 1 && type.kind >= CXType_FirstBuiltin &&
             type.kind <= CXType_LastBuiltin && type.kind != CXType_Bool &&
             type.kind != CXType_Void;
  }
}

bool is_scalar_number(CXType type) {
  type = clang_getCanonicalType(type);
  return type.kind == CXType_Enum || (type.kind >= CXType_Bool && type.kind <= CXType_LongDouble) ||
         type.kind == CXType_Float128 || type.kind == CXType_Half || type.kind == CXType_Float16;
}

bool is_zero(CXCursor expression) {
  expression = strip_implicit(expression);
  switch (clang_getCursorKind(expression)) {
    case CXCursor_CXXNullPtrLiteralExpr:
    case CXCursor_GNUNullExpr:
      return true;
    case CXCursor_InitListExpr: {
      const std::vector<CXCursor> items = children_of(expression);
      return std::all_of(items.begin(), items.end(), is_zero);
    }
    case CXCursor_CStyleCastExpr: {
      const CXCursor operand = operand_of(expression);
      return !clang::is_null(operand) && is_zero(operand);
    }
    case CXCursor_IntegerLiteral:
    case CXCursor_CharacterLiteral:
    case CXCursor_CXXBoolLiteralExpr:
    case CXCursor_FloatingLiteral: {
      const CXEvalResult result = clang_Cursor_Evaluate(expression);
      if (result == nullptr) {
        return false;
      }
      const CXEvalResultKind kind = clang_EvalResult_getKind(result);
      const bool zero = (kind == CXEval_Int && clang_EvalResult_getAsLongLong(result) == 0) ||
                        (kind == CXEval_Float && clang_EvalResult_getAsDouble(result) == 0.0);
      clang_EvalResult_dispose(result);
      return zero;
    }
    default:
      return false;
  }
}

namespace {

bool is_sizeof(const Context& context, CXCursor expression) {
  expression = strip_casts(expression);
  return clang_getCursorKind(expression) == CXCursor_UnaryExpr &&
         begins_with(context, expression, "sizeof");
}

}  // namespace

bool is_whole_size(const Context& context, CXCursor expression) {
  expression = strip_casts(expression);
  if (clang_getCursorKind(expression) == CXCursor_BinaryOperator &&
      clang_getCursorBinaryOperatorKind(expression) == CXBinaryOperator_Mul) {
    const std::vector<CXCursor> sides = children_of(expression);
    return std::any_of(sides.begin(), sides.end(),
                       [&](CXCursor side) { return is_sizeof(context, side); });
  }
  return is_sizeof(context, expression);
}

namespace {

/// `&((T*)0)->a.b`, the offset of a field by hand.
bool is_offset_by_hand(CXCursor address) {
  if (clang_getCursorKind(address) != CXCursor_UnaryOperator ||
      clang_getCursorUnaryOperatorKind(address) != CXUnaryOperator_AddrOf) {
    return false;
  }
  CXCursor base = strip_implicit(operand_of(address));
  bool member = false;
  while (!clang::is_null(base) && clang_getCursorKind(base) == CXCursor_MemberRefExpr) {
    member = true;
    const CXCursor next = operand_of(base);
    base = clang::is_null(next) ? next : strip_casts(next);
  }
  return member && !clang::is_null(base) && is_zero(base);
}

}  // namespace

bool contains_offsetof(CXCursor expression) {
  bool found = false;
  const auto look = [&found](auto&& self, CXCursor cursor) -> void {
    const CXCursorKind kind = clang_getCursorKind(cursor);
    found |= kind == CXCursor_MemberRef || is_offset_by_hand(cursor);
    if (!found && (is_implicit(kind) || is_cast(kind) || kind == CXCursor_BinaryOperator)) {
      clang::visit_children(cursor, [&](CXCursor child, CXCursor) {
        self(self, child);
        return found ? CXChildVisit_Break : CXChildVisit_Continue;
      });
    }
  };
  look(look, expression);
  return found;
}

const RecordFacts* record_behind(Context& context, CXCursor expression) {
  while (!clang::is_null(expression)) {
    if (const RecordFacts* record = context.pointee(clang_getCursorType(expression))) {
      return record;
    }
    const CXCursorKind kind = clang_getCursorKind(expression);
    if (!is_implicit(kind) && !is_cast(kind)) {
      return nullptr;
    }
    expression = operand_of(expression);
  }
  return nullptr;
}

}  // namespace snug::uses
