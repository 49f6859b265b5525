// Pointers to members, `int T::*`. To read or write a member through one follows any order. But it
// holds the offset of its member, and the place that it gives in an object can be measured:
//   1. its bytes are looked at: it is cast, copied, printed, put into a union, or is a part of a
//      record to which that happens;
//   2. the address of `object.*pointer` is compared, subtracted or becomes a number;
//   3. either is done by a template, which serves each record of whose members pointers are made,
//      or each that it is given.
// The code of templates is searched for records only where one of them does so.
#include "scan/uses/seen/uses_member_pointers.hpp"

#include <functional>

#include "known/value_names.hpp"
#include "scan/uses/uses_extents.hpp"

namespace snug::uses {

namespace {

/// Data of which class the type points to, through pointers, references and arrays; null for other
/// types and where the class is not known yet.
const RecordFacts* class_behind(Context& context, CXType type) {
  for (type = clang_getCanonicalType(type);; type = clang_getCanonicalType(type)) {
    switch (type.kind) {
      case CXType_Pointer:
      case CXType_LValueReference:
      case CXType_RValueReference:
        type = clang_getPointeeType(type);
        continue;
      case CXType_ConstantArray:
      case CXType_IncompleteArray:
        type = clang_getArrayElementType(type);
        continue;
      case CXType_MemberPointer: {
        if (clang_Type_getSizeOf(type) < 0) return nullptr;  // of a class that is not known yet
        const CXTypeKind to = clang_getCanonicalType(clang_getPointeeType(type)).kind;
        return to == CXType_FunctionProto || to == CXType_FunctionNoProto
                   ? nullptr
                   : context.record(clang_Type_getClassType(type));
      }
      default:
        return nullptr;
    }
  }
}

void add_bytes_seen(Context& context, const RecordFacts& record, CXCursor at, Ancestors ancestors) {
  context.add(
      record, at, ancestors,
      {.kind = UseKind::OffsetOf, .detail = "has a pointer to its member looked at as bytes"});
}

UseFacts address_facts() {
  return {.kind = UseKind::OffsetOf,
          .detail = "has the place of a member measured through a pointer to it"};
}

/// True if whoever takes the address only reaches the member by it.
bool only_reaches(CXCursor pointer, Ancestors above) {
  const std::size_t left = above.size();
  std::size_t at = left;
  while (at > 0 && is_implicit(clang_getCursorKind(above[at - 1]))) --at;
  if (at == 0) return false;
  const CXCursor taker = above[at - 1];
  const CXCursor taken = at < left ? above[at] : pointer;
  switch (clang_getCursorKind(taker)) {
    case CXCursor_UnaryOperator:
      return clang_getCursorUnaryOperatorKind(taker) == CXUnaryOperator_Deref;
    case CXCursor_MemberRefExpr:
      return true;
    case CXCursor_CallExpr: {
      const std::string name = callee_name(taker);
      const auto index = argument_index(taker, taken);
      if (!index || goes_by_order(name) || makes_text(name) || name.find("printf") != name.npos) {
        return false;
      }
      const CXType type = clang_getCursorType(clang_getCursorReferenced(taker));
      if (static_cast<int>(*index) >= clang_getNumArgTypes(type)) return true;  // scanf
      const CXType parameter =
          clang_getCanonicalType(clang_getArgType(type, static_cast<unsigned>(*index)));
      return parameter.kind == CXType_Pointer &&
             clang_getCanonicalType(clang_getPointeeType(parameter)).kind != CXType_Void;
    }
    default:
      return false;
  }
}

/// True if the address of the member is taken there and more than reached through.
bool is_measured(CXCursor member, Ancestors above, int deepest) {
  std::size_t at = above.size();
  while (at > 0 && is_implicit(clang_getCursorKind(above[at - 1]))) --at;
  if (at == 0) return false;
  const CXCursor taker = above[at - 1];
  const Ancestors rest = above.first(at - 1);
  switch (clang_getCursorKind(taker)) {
    case CXCursor_UnaryOperator:
      return clang_getCursorUnaryOperatorKind(taker) == CXUnaryOperator_AddrOf &&
             !only_reaches(taker, rest);
    case CXCursor_CallExpr:
      return callee_name(taker).ends_with("addressof") && !only_reaches(taker, rest);
    case CXCursor_CXXReinterpretCastExpr:
      return true;
    case CXCursor_VarDecl: {
      const CXTypeKind kind = clang_getCanonicalType(clang_getCursorType(taker)).kind;
      const bool refers = kind == CXType_LValueReference || kind == CXType_RValueReference;
      const CXCursor scope = function_around(rest);
      if (!refers || deepest == 0 || clang::is_null(scope)) return false;
      bool measured = false;
      each_mention(scope, taker, [&](CXCursor mention, Ancestors around) {
        measured = measured || is_measured(mention, around, deepest - 1);
      });
      return measured;
    }
    default:
      (void)member;
      return false;
  }
}

void see_place(Context& context, CXCursor member, const RecordFacts* record, Ancestors ancestors) {
  if (!is_measured(member, ancestors, 1)) return;
  if (record != nullptr) {
    context.add(*record, member, ancestors, address_facts());
  } else {
    context.member_pointers().measured_in_template = true;
  }
}

/// A cast to a type through which the bytes of a member pointer are seen, or that made it.
bool shows_bytes(const RecordFacts* from, CXType to) {
  const CXTypeKind kind = clang_getCanonicalType(to).kind;
  return from != nullptr && kind != CXType_Void && kind != CXType_Bool &&
         kind != CXType_Dependent && kind != CXType_Unexposed;
}

}  // namespace

void see_member_access(Context& context, CXCursor binary, Ancestors ancestors) {
  const CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(binary);
  if (kind != CXBinaryOperator_PtrMemD && kind != CXBinaryOperator_PtrMemI) return;
  const std::vector<CXCursor> sides = children_of(binary);
  if (sides.size() != 2) return;
  see_place(context, binary, class_behind(context, clang_getCursorType(sides[1])), ancestors);
}

void see_member_pointer_cast(Context& context, CXCursor cast, Ancestors ancestors) {
  const CXCursor operand = operand_of(cast);
  if (clang::is_null(operand)) return;
  const CXType to = clang_getCursorType(cast);
  const RecordFacts* from = class_behind(context, clang_getCursorType(strip_implicit(operand)));
  const RecordFacts* target = class_behind(context, to);
  if (from == target) return;
  if (from != nullptr && target != nullptr &&
      (context.same_or_derived(*from, *target) || context.same_or_derived(*target, *from))) {
    return;
  }
  if (shows_bytes(from, to)) add_bytes_seen(context, *from, cast, ancestors);
  if (target != nullptr && !is_zero(strip_implicit(operand)) &&
      clang_getCanonicalType(clang_getCursorType(operand)).kind != CXType_NullPtr) {
    add_bytes_seen(context, *target, cast, ancestors);
  }
}

void see_member_pointer_arguments(Context& context, CXCursor call, const std::string& name,
                                  Ancestors ancestors) {
  if (name == "invoke") {
    const int given = clang_Cursor_getNumArguments(call);
    const RecordFacts* record =
        given > 0 ? class_behind(context, clang_getCursorType(clang_Cursor_getArgument(call, 0)))
                  : nullptr;
    if (record != nullptr) see_place(context, call, record, ancestors);
  }
  const CXType type = clang_getCursorType(clang_getCursorReferenced(call));
  const int parameters = clang_getNumArgTypes(type);
  const int count = clang_Cursor_getNumArguments(call);
  const bool variadic = clang_isFunctionTypeVariadic(type) != 0;
  for (int i = 0; i < count; ++i) {
    const CXCursor argument = clang_Cursor_getArgument(call, static_cast<unsigned>(i));
    const CXType own = clang_getCanonicalType(clang_getCursorType(argument));
    const bool behind_parameters = variadic && i >= parameters;
    const bool bytes = own.kind == CXType_Pointer &&
                       clang_getCanonicalType(clang_getPointeeType(own)).kind == CXType_Void;
    if (!bytes && !behind_parameters && name != "bit_cast") continue;
    const RecordFacts* record =
        class_behind(context, clang_getCursorType(bytes ? strip_implicit(argument) : argument));
    if (record != nullptr) add_bytes_seen(context, *record, call, ancestors);
  }
  if (name == "bit_cast") {
    const RecordFacts* record = class_behind(context, clang_getCursorType(call));
    if (record != nullptr) add_bytes_seen(context, *record, call, ancestors);
  }
}

void add_member_pointers_of(Context& context, const RecordFacts& record, CXCursor at,
                            Ancestors ancestors, int deepest) {
  for (const FieldFacts& field : record.fields) {
    if (const RecordFacts* of = class_behind(context, field.type)) {
      if (clang_getCanonicalType(field.type).kind != CXType_Pointer) {
        add_bytes_seen(context, *of, at, ancestors);
      }
    } else if (const RecordFacts* inner = deepest > 0 && field.type.kind != CXType_LValueReference
                                              ? context.record(field.type)
                                              : nullptr) {
      add_member_pointers_of(context, *inner, at, ancestors, deepest - 1);
    }
  }
}

const RecordFacts* record_of_member_pointer(Context& context, CXType type) {
  return class_behind(context, type);
}

namespace {

/// Calls `see` for each `&T::x` below the cursor.
void each_member_named(Context& context, CXCursor cursor,
                       const std::function<void(const RecordFacts&, CXCursor)>& see) {
  for (const CXCursor child : children_of(cursor)) {
    if (clang_getCursorKind(cursor) == CXCursor_UnaryOperator &&
        clang_getCursorKind(child) == CXCursor_DeclRefExpr) {
      const CXCursor field = clang_getCursorReferenced(child);
      const RecordFacts* owner = clang_getCursorKind(field) == CXCursor_FieldDecl
                                     ? context.record(clang_getCursorSemanticParent(field))
                                     : nullptr;
      if (owner != nullptr) see(*owner, child);
    }
    each_member_named(context, child, see);
  }
}

}  // namespace

void add_members_measured(Context& context) {
  if (!context.member_pointers().measured_in_template) return;
  for (const CXCursor part :
       children_of(clang_getTranslationUnitCursor(context.sources().unit()))) {
    if (!context.sources().in_project(clang_getCursorLocation(part))) continue;
    each_member_named(context, part, [&](const RecordFacts& record, CXCursor at) {
      context.add(record, at, {}, address_facts());
    });
  }
}

}  // namespace snug::uses
