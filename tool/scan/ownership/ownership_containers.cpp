// Member functions that are called on containers of records that look hand-made: a list with a map
// of its iterators, a map under counted keys, a vector with a free list.
#include <string_view>

#include "scan/ownership/ownership_context.hpp"

namespace snug::ownership {
namespace {

bool is_telling(std::string_view method) {
  return effects_of_name(method).has(Effect::Changes);
}

bool is_field_of(CXCursor reference, CXCursor record) {
  const CXCursor field = clang_getCursorReferenced(reference);
  return clang_getCursorKind(field) == CXCursor_FieldDecl &&
         clang_equalCursors(clang_getCursorSemanticParent(field), record) != 0;
}

bool steps(CXCursor cursor) {
  switch (clang_getCursorKind(cursor)) {
    case CXCursor_UnaryOperator: {
      const CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(cursor);
      return op == CXUnaryOperator_PostInc || op == CXUnaryOperator_PreInc;
    }
    case CXCursor_CompoundAssignOperator:
      return clang_getCursorBinaryOperatorKind(cursor) == CXBinaryOperator_AddAssign;
    case CXCursor_CallExpr: {
      const std::string name = name_of(clang_getCursorReferenced(cursor));
      return name == "operator++" || name == "operator+=" || name == "fetch_add";
    }
    default:
      return false;
  }
}

/// The first integer field of the record that the expression names, or a null cursor.
CXCursor integer_field(CXCursor expression, CXCursor record) {
  CXCursor found = clang_getNullCursor();
  const auto look = [&](CXCursor cursor) {
    if (clang_getCursorKind(cursor) == CXCursor_MemberRefExpr && clang::is_null(found) &&
        is_field_of(cursor, record) && is_integer(clang_getCursorType(cursor))) {
      found = clang_getCursorReferenced(cursor);
    }
  };
  look(expression);
  clang::visit_children(expression, [&](CXCursor child, CXCursor) {
    look(child);
    return CXChildVisit_Recurse;
  });
  return found;
}

/// True if some part of the code counts the field up.
bool counts_up(CXCursor code, CXCursor field) {
  bool found = false;
  const auto look = [&](CXCursor cursor) {
    if (!steps(cursor)) return;
    const CXCursor record = clang_getCursorSemanticParent(field);
    const CXCursor stepped = integer_field(cursor, record);
    found |= !clang::is_null(stepped) && clang_equalCursors(stepped, field) != 0;
  };
  look(code);
  clang::visit_children(code, [&](CXCursor child, CXCursor) {
    look(child);
    return found ? CXChildVisit_Break : CXChildVisit_Recurse;
  });
  return found;
}

/// The integer field of the record that a key is counted up from: `next_++`, `++next_`,
/// `next_.fetch_add(1)`, or `next_` alone where the function counts it up in another statement.
std::string counted_field(CXCursor expression, CXCursor record, CXCursor function) {
  const CXCursor field = integer_field(expression, record);
  if (clang::is_null(field)) return {};
  const bool counted =
      counts_up(expression, field) || (!clang::is_null(function) && counts_up(function, field));
  return counted ? name_of(field) : std::string();
}

/// The first name or number within an argument: the key of `{id, value}` and make_pair(id, value).
CXCursor key_in(CXCursor argument) {
  CXCursor key = stripped(argument);
  while (true) {
    const CXCursorKind kind = clang_getCursorKind(key);
    const std::string callee =
        kind == CXCursor_CallExpr ? name_of(clang_getCursorReferenced(key)) : std::string();
    if (kind != CXCursor_InitListExpr &&
        !effects_of_name(callee.substr(0, callee.find('<'))).has(Effect::MakesPair)) {
      return key;
    }
    CXCursor inner = clang_getNullCursor();
    if (kind == CXCursor_CallExpr && clang_Cursor_getNumArguments(key) > 0) {
      inner = clang_Cursor_getArgument(key, 0);
    } else {
      clang::visit_children(key, [&](CXCursor child, CXCursor) {
        inner = child;
        return CXChildVisit_Break;
      });
    }
    if (clang::is_null(inner)) return key;
    key = stripped(inner);
  }
}

std::string counter_of(CXCursor argument, CXCursor record, CXCursor function) {
  const CXCursor key = key_in(argument);
  if (clang_getCursorKind(key) != CXCursor_DeclRefExpr) {
    return counted_field(key, record, function);
  }
  const CXCursor variable = clang_getCursorReferenced(key);
  if (clang_getCursorKind(variable) != CXCursor_VarDecl) return {};
  const CXCursor value = last_expression(variable);
  return clang::is_null(value) ? std::string() : counted_field(value, record, function);
}

}  // namespace

void see_container_use(Context& context, CXCursor reference, Ancestors ancestors) {
  const CXCursor field = clang_getCursorReferenced(reference);
  if (clang_getCursorKind(field) != CXCursor_FieldDecl ||
      !context.sources.in_project(clang_getCursorLocation(field))) {
    return;
  }
  const CXCursor record = clang_getCursorSemanticParent(field);
  const Shape& shape = context.shape(record);
  if (!shape.lists && !shape.counted_map && !shape.free_list) return;
  const std::size_t left = above_conversions(ancestors);
  if (left == 0) return;
  CXCursor call = ancestors[left - 1];
  unsigned key = 1;
  if (clang_getCursorKind(call) == CXCursor_MemberRefExpr && left > 1) {
    call = ancestors[left - 2];
    key = 0;
  }
  if (clang_getCursorKind(call) != CXCursor_CallExpr) return;
  ContainerCall fact;
  fact.method = name_of(clang_getCursorReferenced(call));
  if (!is_telling(fact.method)) return;
  const CXCursor argument = clang_Cursor_getArgument(call, key);
  if (!clang::is_null(argument)) {
    fact.argument = context.text(argument);
    fact.counter = counter_of(argument, record, function_around(ancestors));
  }
  fact.where = context.range(call);
  fact.record_id = context.names.id(record);
  fact.field = name_of(field);
  fact.function = context.function_name(ancestors);
  context.facts.calls.push_back(std::move(fact));
}

}  // namespace snug::ownership
