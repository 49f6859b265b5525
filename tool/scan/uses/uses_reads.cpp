#include "scan/uses/uses_reads.hpp"

#include <algorithm>
#include <string_view>

#include "known/known.hpp"

namespace snug::uses {

namespace {

/// Bodies that are looked into for one initialiser. What lies deeper counts as not seen.
constexpr std::size_t kMostBodies = 64;

/// The base object of a member expression: null where it is `this` without being written.
CXCursor base_of(CXCursor member) {
  CXCursor base = clang_getNullCursor();
  clang::visit_children(member, [&](CXCursor child, CXCursor) {
    if (clang_isExpression(clang_getCursorKind(child)) != 0) {
      base = child;
      return CXChildVisit_Break;
    }
    return CXChildVisit_Continue;
  });
  return clang::is_null(base) ? base : strip_casts(base);
}

/// True for `this` and `*this`.
bool is_this(CXCursor expression) {
  expression = strip_casts(expression);
  if (clang_getCursorKind(expression) == CXCursor_UnaryOperator) {
    const CXCursor operand = operand_of(expression);
    expression = clang::is_null(operand) ? expression : strip_casts(operand);
  }
  return clang_getCursorKind(expression) == CXCursor_CXXThisExpr;
}

}  // namespace

Reads ReadsFinder::take() {
  std::sort(reads_.fields.begin(), reads_.fields.end());
  reads_.fields.erase(std::unique(reads_.fields.begin(), reads_.fields.end()), reads_.fields.end());
  return std::move(reads_);
}

void ReadsFinder::visit(CXCursor cursor) {
  switch (clang_getCursorKind(cursor)) {
    case CXCursor_UnaryExpr:  // sizeof, alignof: not evaluated
    case CXCursor_CXXTypeidExpr:
      return;
    case CXCursor_MemberRefExpr:
      visit_member(cursor);
      return;
    case CXCursor_CXXThisExpr:
      reads_.hands_out_this = true;
      reads_.by_address = true;
      return;
    default:
      visit_children(cursor);
  }
}

void ReadsFinder::visit_children(CXCursor cursor) {
  path_.push_back(cursor);
  clang::visit_children(cursor, [&](CXCursor child, CXCursor) {
    visit(child);
    return CXChildVisit_Continue;
  });
  path_.pop_back();
}

void ReadsFinder::visit_member(CXCursor member) {
  const CXCursor base = base_of(member);
  if (!clang::is_null(base) && !is_this(base)) {
    visit_children(member);
    return;
  }
  const CXCursor referenced = clang_getCursorReferenced(member);
  switch (clang_getCursorKind(referenced)) {
    case CXCursor_FieldDecl:
      note_field(referenced, member);
      return;
    case CXCursor_CXXMethod:
    case CXCursor_ConversionFunction:
      if (clang_CXXMethod_isStatic(referenced) == 0) {
        visit_body(referenced);
      }
      return;
    case CXCursor_FunctionTemplate:
      visit_body(referenced);
      return;
    case CXCursor_InvalidFile:
      reads_.hands_out_this = true;  // a dependent name: anything may stand behind it
      return;
    default:
      return;
  }
}

void ReadsFinder::visit_body(CXCursor method) {
  const RecordFacts* owner = context_.record(clang_getCursorSemanticParent(method));
  if (owner != nullptr && owner->id != record_.id) {
    return;  // a base's function sees the base's fields
  }
  const CXCursor definition = clang_getCursorDefinition(method);
  if (clang::is_null(definition) || bodies_.size() >= kMostBodies) {
    reads_.hands_out_this = true;
    return;
  }
  if (bodies_.insert(definition).second) {
    visit_children(definition);
  }
}

void ReadsFinder::note_field(CXCursor field, CXCursor member) {
  const RecordFacts* owner = context_.record(clang_getCursorSemanticParent(field));
  while (owner != nullptr && owner->id != record_.id &&
         clang_Cursor_isAnonymousRecordDecl(owner->definition) != 0) {
    owner = context_.record(clang_getCursorSemanticParent(owner->definition));
  }
  if (owner == nullptr || owner->id != record_.id) {
    return;  // a base's field
  }
  reads_.fields.push_back(spelling(field));
  reads_.by_address |= is_address(member);
}

/// True if whoever takes the expression around the field may keep a way to reach it.
bool ReadsFinder::is_address(CXCursor member) const {
  CXCursor inner = member;
  for (auto i = path_.rbegin(); i != path_.rend(); ++i) {
    const CXCursorKind kind = clang_getCursorKind(*i);
    if (kind == CXCursor_UnaryOperator) {
      return clang_getCursorUnaryOperatorKind(*i) == CXUnaryOperator_AddrOf;
    }
    if (kind == CXCursor_MemberRefExpr) {
      return effects_of_name(spelling(*i)).has(Effect::GivesHandle);
    }
    if (kind == CXCursor_CallExpr) {
      return keeps_reference(*i, inner);
    }
    if (!is_implicit(kind)) {
      return false;
    }
    inner = *i;
  }
  return false;
}

/// A function may keep what it takes by a reference that is not const; a constructor of another
/// class any reference to a class object.
bool ReadsFinder::keeps_reference(CXCursor call, CXCursor argument) const {
  const CXCursor function = clang_getCursorReferenced(call);
  const CXType type = clang_getCursorType(function);
  const int count = clang_Cursor_getNumArguments(call);
  for (int i = 0; i < count; ++i) {
    const auto index = static_cast<unsigned>(i);
    if (!same_node(clang_Cursor_getArgument(call, index), argument)) {
      continue;
    }
    const CXType parameter = clang_getCanonicalType(clang_getArgType(type, index));
    if (parameter.kind != CXType_LValueReference) {
      return false;
    }
    const CXType target = clang_getPointeeType(parameter);
    if (clang_isConstQualifiedType(target) == 0) {
      return true;
    }
    const RecordFacts* made = context_.record(clang_getCursorType(call));
    return clang_getCursorKind(function) == CXCursor_Constructor && made != nullptr &&
           made != context_.record(target) &&
           !KnownNames::built_in()->type("std::" + made->name).is(TypeRole::String);
  }
  return false;
}

bool stores_address(CXType field, CXCursor value) {
  const CXTypeKind kind = clang_getCanonicalType(field).kind;
  const bool reference = kind == CXType_LValueReference || kind == CXType_RValueReference;
  if (kind != CXType_Pointer && !reference) {
    return false;
  }
  value = strip_implicit(value);
  while (clang_getCursorKind(value) == CXCursor_InitListExpr) {
    const CXCursor only = operand_of(value);
    if (clang::is_null(only)) {
      return false;
    }
    value = strip_implicit(only);
  }
  switch (clang_getCursorKind(value)) {
    case CXCursor_CXXThisExpr:
      return true;
    case CXCursor_UnaryOperator:
      return clang_getCursorUnaryOperatorKind(value) == CXUnaryOperator_AddrOf
                 ? clang_getCursorKind(strip_implicit(operand_of(value))) == CXCursor_MemberRefExpr
                 : reference && is_this(value);
    case CXCursor_MemberRefExpr:
      return reference ||
             clang_getCanonicalType(clang_getCursorType(value)).kind == CXType_ConstantArray;
    default:
      return false;
  }
}

}  // namespace snug::uses
