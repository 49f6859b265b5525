// String members that are compared, copied or changed.
#include <string_view>

#include "scan/ownership/ownership_context.hpp"

namespace snug::ownership {
namespace {

bool compares(std::string_view name) {
  return effects_of_name(name).has(Effect::Compares);
}

/// True if the member belongs to a local variable by value: an object that is being built.
bool is_being_built(CXCursor reference) {
  CXCursor object = clang_getNullCursor();
  clang::visit_children(reference, [&](CXCursor child, CXCursor) {
    object = child;
    return CXChildVisit_Break;
  });
  if (clang::is_null(object)) return false;
  object = stripped(object);
  if (clang_getCursorKind(object) != CXCursor_DeclRefExpr) return false;
  const CXCursor variable = clang_getCursorReferenced(object);
  return clang_getCursorKind(variable) == CXCursor_VarDecl &&
         clang_getCanonicalType(clang_getCursorType(variable)).kind == CXType_Record;
}

/// A constructor builds the object that it is called for.
bool in_constructor_of(CXCursor record, Ancestors ancestors) {
  const CXCursor function = function_around(ancestors);
  return clang_getCursorKind(function) == CXCursor_Constructor &&
         clang_equalCursors(clang_getCursorSemanticParent(function), record) != 0;
}

}  // namespace

void see_string_use(Context& context, CXCursor reference, Ancestors ancestors) {
  const CXCursor field = clang_getCursorReferenced(reference);
  if (clang_getCursorKind(field) != CXCursor_FieldDecl ||
      !context.sources.in_project(clang_getCursorLocation(field))) {
    return;
  }
  const CXCursor record = clang_getCursorSemanticParent(field);
  if (!context.shape(record).strings) return;
  std::size_t left = ancestors.size();
  bool is_const = clang_isConstQualifiedType(clang_getCursorType(reference)) != 0;
  while (left > 0 && is_conversion(clang_getCursorKind(ancestors[left - 1]))) {
    --left;
    is_const |= clang_isConstQualifiedType(clang_getCursorType(ancestors[left])) != 0;
  }
  if (left == 0) return;
  const CXCursor parent = ancestors[left - 1];
  const CXCursorKind kind = clang_getCursorKind(parent);
  StringTouch fact;
  if (kind == CXCursor_CallExpr) {
    const CXCursor callee = clang_getCursorReferenced(parent);
    const std::string name = name_of(callee);
    if (compares(name)) {
      fact.kind = StringTouchKind::Compared;
    } else if (clang_getCursorKind(callee) == CXCursor_Constructor && copies(callee)) {
      fact.kind = StringTouchKind::Copied;
    } else if (name == "operator=" && !same_place(parent, reference)) {
      fact.kind = StringTouchKind::Copied;
    } else if (!is_const) {
      fact.kind = StringTouchKind::Changed;
    } else {
      return;
    }
  } else if (kind == CXCursor_MemberRefExpr) {
    const CXCursor method = clang_getCursorReferenced(parent);
    if (compares(name_of(method))) {
      fact.kind = StringTouchKind::Compared;
    } else if (clang_getCursorKind(method) == CXCursor_CXXMethod && !is_const &&
               clang_CXXMethod_isConst(method) == 0) {
      const std::string name = name_of(method);
      if (name == "begin" || name == "end" || name == "data" || name == "operator[]") return;
      fact.kind = StringTouchKind::Changed;
    } else {
      return;
    }
  } else if (kind == CXCursor_UnaryOperator && !is_const) {
    fact.kind = StringTouchKind::Changed;  // its address is taken
  } else {
    return;
  }
  if (fact.kind == StringTouchKind::Changed &&
      (is_being_built(reference) || in_constructor_of(record, ancestors))) {
    return;
  }
  fact.where = context.range(reference);
  fact.record_id = context.names.id(record);
  fact.field = name_of(field);
  fact.function = context.function_name(ancestors);
  context.facts.touches.push_back(std::move(fact));
}

}  // namespace snug::ownership
