#include "scan/uses/uses_flow.hpp"

#include <algorithm>

#include "known/value_names.hpp"
#include "scan/uses/uses_extents.hpp"

namespace snug::uses {

namespace {

bool is_sizeof_like(CXCursor expression) {
  return clang_getCursorKind(strip_casts(expression)) == CXCursor_UnaryExpr;
}

bool is_number(CXCursor expression) {
  return clang_getCursorKind(strip_casts(expression)) == CXCursor_IntegerLiteral;
}

unsigned name_offset(CXCursor declaration) {
  unsigned offset = 0;
  clang_getFileLocation(clang_getCursorLocation(declaration), nullptr, nullptr, nullptr, &offset);
  return offset;
}

void note_operator(Flow& flow, CXCursor binary, CXCursor side) {
  const std::vector<CXCursor> sides = children_of(binary);
  const CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(binary);
  if (sides.size() != 2 || kind == CXBinaryOperator_Assign || kind == CXBinaryOperator_Comma ||
      kind == CXBinaryOperator_LAnd || kind == CXBinaryOperator_LOr) {
    return;
  }
  const bool left = same_node(sides[0], side);
  if (kind == CXBinaryOperator_Div && is_sizeof_like(sides[0]) && is_sizeof_like(sides[1])) {
    flow.element_count = true;
    flow.counted = strip_casts(sides[0]);
  }
  flow.element_count |= kind == CXBinaryOperator_Div && is_sizeof_like(sides[1]) &&
                        is_distance(sides[0]);  // between two elements
  const bool compares_up = kind == CXBinaryOperator_LE || kind == CXBinaryOperator_LT;
  const bool compares_down = kind == CXBinaryOperator_GE || kind == CXBinaryOperator_GT;
  flow.upper_bound |= !flow.arithmetic && ((left && compares_up) || (!left && compares_down));
  flow.tested |=
      compares_up || compares_down || kind == CXBinaryOperator_EQ || kind == CXBinaryOperator_NE;
  flow.ordered |= compares_up || compares_down;
  flow.to_constant |= (kind == CXBinaryOperator_EQ || kind == CXBinaryOperator_NE) &&
                      is_number(sides[left ? 1 : 0]);
  const bool offset_behind = is_made_of_offsets(sides[1]);
  flow.offsets |= kind != CXBinaryOperator_Add && offset_behind && is_made_of_offsets(sides[0]);
  flow.rest |= kind == CXBinaryOperator_Sub && offset_behind && is_sizeof_like(sides[0]);
  flow.added |= kind == CXBinaryOperator_Add || kind == CXBinaryOperator_Sub;
  flow.reshaped |= kind != CXBinaryOperator_Mul && kind != CXBinaryOperator_Add;
  flow.divided |= kind == CXBinaryOperator_Div || kind == CXBinaryOperator_Rem;
  flow.arithmetic = true;
}

/// True if the part of the declaration is its type (an array bound, a template argument, the width
/// of a bit-field) and not its initialiser.
bool stands_in_type(CXCursor declaration, CXCursor part) {
  switch (clang_getCursorKind(declaration)) {
    case CXCursor_VarDecl: {
      const CXCursor value = clang_Cursor_getVarDeclInitializer(declaration);
      return clang::is_null(value) || !same_node(strip_implicit(value), strip_implicit(part));
    }
    case CXCursor_FieldDecl: {
      const CXTypeKind kind = clang_getCanonicalType(clang_getCursorType(declaration)).kind;
      if (clang_Cursor_isBitField(declaration) != 0 || kind == CXType_ConstantArray ||
          kind == CXType_DependentSizedArray) {
        const std::vector<CXCursor> parts = children_of(declaration);
        const auto first = std::find_if(parts.begin(), parts.end(), [](CXCursor child) {
          return clang_isExpression(clang_getCursorKind(child)) != 0;
        });
        return first != parts.end() && same_node(*first, part);
      }
      return begin_offset(part) < name_offset(declaration);  // std::array<char, sizeof(T)> field
    }
    case CXCursor_ParmDecl:
      return begin_offset(part) < name_offset(declaration);
    default:
      return true;
  }
}

}  // namespace

Flow flow_of(CXCursor number, Ancestors ancestors) {
  Flow flow;
  CXCursor inner = number;
  for (auto i = ancestors.rbegin(); i != ancestors.rend(); ++i) {
    flow.stop = *i;
    flow.taken = inner;
    switch (clang_getCursorKind(*i)) {
      case CXCursor_BinaryOperator:
        note_operator(flow, *i, inner);
        if (clang_getCursorBinaryOperatorKind(*i) == CXBinaryOperator_Assign) {
          return flow;
        }
        break;
      case CXCursor_CompoundAssignOperator:
        flow.arithmetic = true;
        return flow;
      case CXCursor_CStyleCastExpr:
      case CXCursor_CXXStaticCastExpr:
      case CXCursor_CXXFunctionalCastExpr:
      case CXCursor_CXXReinterpretCastExpr:
        if (!same_node(operand_of(*i), inner)) {  // `(char(*)[sizeof(T)])p`
          flow.reshaped = true;
          return flow;
        }
        break;
      case CXCursor_UnaryOperator:
        if (clang_getCursorUnaryOperatorKind(*i) == CXUnaryOperator_Deref) return flow;
        break;
      case CXCursor_UnexposedExpr:
      case CXCursor_ParenExpr:
      case CXCursor_ConditionalOperator:
        break;
      case CXCursor_InitListExpr:
        flow.in_list = true;
        break;
      case CXCursor_StaticAssert:
      case CXCursor_CaseStmt:
      case CXCursor_EnumConstantDecl:
        flow.asserted = true;
        return flow;
      case CXCursor_VarDecl:
      case CXCursor_FieldDecl:
      case CXCursor_TypedefDecl:
      case CXCursor_TypeAliasDecl:
      case CXCursor_TypeAliasTemplateDecl:
      case CXCursor_ParmDecl:
        flow.in_type = stands_in_type(*i, inner);
        flow.asserted = flow.in_type && flow.tested;
        return flow;
      case CXCursor_SwitchStmt:
        flow.arithmetic = true;
        return flow;
      case CXCursor_CXXNewExpr:
        flow.allocation = true;
        return flow;
      case CXCursor_CallExpr: {
        const std::string name = callee_name(*i);
        if (picks_argument(name)) break;
        flow.allocation = is_allocation_name(name);
        flow.to_call = !name.empty();
        return flow;
      }
      default:
        return flow;
    }
    inner = *i;
  }
  return flow;
}

}  // namespace snug::uses
