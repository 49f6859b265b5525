#include "scan/uses/uses_variables.hpp"

#include <algorithm>

namespace snug::uses {

namespace {

bool shares(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& name) { return b.contains(name); });
}

bool takes_away(const Effects& a, const Effects& b) {
  return !a.moved.empty() && (b.indirect || shares(a.moved, b.names) || shares(a.moved, b.moved));
}

bool changes(const Effects& a, const Effects& b) {
  return shares(a.changed, b.names) || shares(a.changed, b.changed) || shares(a.changed, b.moved);
}

}  // namespace

void Effects::join(const Effects& other) {
  acts |= other.acts;
  reads |= other.reads;
  indirect |= other.indirect;
  moved.insert(other.moved.begin(), other.moved.end());
  names.insert(other.names.begin(), other.names.end());
  changed.insert(other.changed.begin(), other.changed.end());
}

bool Effects::disturbs(const Effects& other) const {
  return (acts && (other.acts || other.reads)) || (other.acts && reads) ||
         takes_away(*this, other) || takes_away(other, *this) || changes(*this, other) ||
         changes(other, *this);
}

std::string key_of(CXCursor variable) {
  CXFile file = nullptr;
  const CXCursor first = clang_getCanonicalCursor(variable);
  const unsigned at = begin_offset(first, &file);
  return spelling(variable) + "@" + std::to_string(at);
}

bool is_reference(CXType type) {
  return type.kind == CXType_LValueReference || type.kind == CXType_RValueReference;
}

bool is_changeable_reference(CXType type) {
  type = clang_getCanonicalType(type);
  return type.kind == CXType_LValueReference &&
         clang_isConstQualifiedType(clang_getPointeeType(type)) == 0;
}

CXCursor object_of(CXCursor member) {
  for (const CXCursor child : children_of(member)) {
    if (clang_isExpression(clang_getCursorKind(child)) != 0) return child;
  }
  return clang_getNullCursor();
}

bool is_own_object(CXCursor object) {
  if (clang::is_null(object)) return true;
  object = strip_implicit(object);
  if (clang_getCursorKind(object) == CXCursor_UnaryOperator) {
    object = strip_implicit(operand_of(object));
  }
  return clang_getCursorKind(object) == CXCursor_CXXThisExpr;
}

bool is_array_element(CXCursor subscript) {
  const std::vector<CXCursor> parts = children_of(subscript);
  return !parts.empty() &&
         clang_getCanonicalType(clang_getCursorType(strip_implicit(parts.front()))).kind ==
             CXType_ConstantArray;
}

bool OwnVariables::holds(CXCursor variable) const {
  const CXCursorKind kind = clang_getCursorKind(variable);
  return (kind == CXCursor_ParmDecl || kind == CXCursor_VarDecl) && is_of_function(variable) &&
         !is_reference(clang_getCursorType(variable)) &&
         (kind == CXCursor_ParmDecl || clang_Cursor_hasVarDeclGlobalStorage(variable) == 0);
}

bool OwnVariables::is_of_function(CXCursor variable) const {
  return !clang::is_null(function_) &&
         clang_equalCursors(clang_getCanonicalCursor(clang_getCursorSemanticParent(variable)),
                            clang_getCanonicalCursor(function_)) != 0;
}

bool OwnVariables::change(CXCursor target) {
  target = strip_implicit(target);
  switch (clang_getCursorKind(target)) {
    case CXCursor_DeclRefExpr: {
      const CXCursor variable = clang_getCursorReferenced(target);
      if (place_ == Place::List || !holds(variable)) return false;
      effects_.changed.insert(key_of(variable));
      return true;
    }
    case CXCursor_MemberRefExpr: {
      const CXCursor object = object_of(target);
      if (is_own_object(object)) {
        effects_.changed.insert("this." + spelling(target));
        return place_ == Place::Body && makes_or_ends();
      }
      return clang_getCanonicalType(clang_getCursorType(object)).kind != CXType_Pointer &&
             change(object);
    }
    case CXCursor_ArraySubscriptExpr:
      return is_array_element(target) && change(children_of(target).front());
    default:
      return false;
  }
}

/// True if the function may change its object without anybody noticing.
bool OwnVariables::makes_or_ends() const {
  const CXCursorKind kind = clang_getCursorKind(function_);
  return kind == CXCursor_Constructor || kind == CXCursor_Destructor ||
         spelling(function_) == "operator=";
}

void OwnVariables::hand_out(CXCursor argument) {
  if (clang::is_null(argument) || place_ == Place::List) return;
  argument = strip_implicit(argument);
  while (clang_getCursorKind(argument) == CXCursor_MemberRefExpr ||
         clang_getCursorKind(argument) == CXCursor_ArraySubscriptExpr) {
    const std::vector<CXCursor> parts = children_of(argument);
    if (clang_getCursorKind(argument) == CXCursor_MemberRefExpr &&
        is_own_object(object_of(argument))) {
      effects_.changed.insert("this." + spelling(argument));
      return;
    }
    if (parts.empty()) return;
    argument = strip_implicit(parts.front());
  }
  const CXCursor variable = clang_getCursorReferenced(argument);
  if (clang_getCursorKind(argument) == CXCursor_DeclRefExpr && holds(variable)) {
    effects_.changed.insert(key_of(variable));
  }
}

}  // namespace snug::uses
