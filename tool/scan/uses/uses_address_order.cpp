// Addresses of fields that are put in order: keys of a set, elements of a list that is sorted,
// operands of std::less. Which of two addresses in one object is the lower one depends on the order
// of its fields. From the address outwards, lists, pairs and conversions are left behind until
// somebody keeps or compares it; a local list is followed to all its mentions, once.
#include <algorithm>

#include "known/known.hpp"
#include "known/value_names.hpp"
#include "scan/uses/uses_effects.hpp"
#include "scan/uses/uses_extents.hpp"
#include "scan/uses/uses_pointers.hpp"

namespace snug::uses {

namespace {

/// The class of an object, through references and typedefs; null for other types.
CXCursor class_of_type(CXType type) {
  type = clang_getCanonicalType(type);
  if (type.kind == CXType_LValueReference || type.kind == CXType_RValueReference) {
    type = clang_getCanonicalType(clang_getPointeeType(type));
  }
  return type.kind == CXType_Record ? clang_getTypeDeclaration(type) : clang_getNullCursor();
}

/// `std::set<const void*>`; a set that compares by a function of the project looks at what its
/// pointers point to.
bool orders_by_address(CXType type) {
  const CXCursor kept = class_of_type(type);
  if (clang::is_null(kept) || !keeps_order_of_keys(spelling(kept))) return false;
  const CXType own = clang_getCursorType(kept);
  const int count = clang_Type_getNumTemplateArguments(own);
  if (count < 1 ||
      clang_getCanonicalType(clang_Type_getTemplateArgumentAsType(own, 0)).kind != CXType_Pointer) {
    return false;
  }
  for (int i = 1; i < count; ++i) {
    const CXCursor part =
        class_of_type(clang_Type_getTemplateArgumentAsType(own, static_cast<unsigned>(i)));
    if (!clang::is_null(part) && compares_values(spelling(part))) return true;
  }
  return false;
}

/// The object that a method or an operator is called for; null for functions.
CXCursor object_of_call(CXCursor call) {
  const CXCursorKind kind = clang_getCursorKind(clang_getCursorReferenced(call));
  if (kind != CXCursor_CXXMethod && kind != CXCursor_ConversionFunction) {
    return clang_getNullCursor();
  }
  const std::vector<CXCursor> parts = children_of(call);
  if (parts.empty()) return clang_getNullCursor();
  const CXCursor callee = strip_implicit(parts.front());
  if (clang_getCursorKind(callee) == CXCursor_MemberRefExpr) return operand_of(callee);
  return clang_Cursor_getNumArguments(call) > 0 ? clang_Cursor_getArgument(call, 0)
                                                : clang_getNullCursor();
}

/// True if the last argument tells how to compare.
bool has_comparison(CXCursor call) {
  const int count = clang_Cursor_getNumArguments(call);
  if (count < 2) return false;
  const CXCursor last =
      strip_implicit(clang_Cursor_getArgument(call, static_cast<unsigned>(count - 1)));
  const CXType type = clang_getCanonicalType(clang_getCursorType(last));
  if (type.kind == CXType_Pointer) {
    const CXTypeKind to = clang_getCanonicalType(clang_getPointeeType(type)).kind;
    return to == CXType_FunctionProto || to == CXType_FunctionNoProto;
  }
  if (type.kind == CXType_FunctionProto) return true;
  const CXCursor kept = class_of_type(type);
  if (clang::is_null(kept) || compares_values(spelling(kept))) return false;
  const std::vector<CXCursor> members = children_of(kept);
  return std::any_of(members.begin(), members.end(), [](CXCursor member) {
    return clang_getCursorKind(member) == CXCursor_CXXMethod && spelling(member) == "operator()";
  });
}

/// `std::sort(...)`, `std::ranges::sort(...)` without a comparison of its own.
bool is_ordering_call(CXCursor call) {
  std::string name = callee_name(call);
  CXCursor named = clang_getCursorReferenced(call);
  if (name == "operator()") {
    const CXCursor object = strip_implicit(object_of_call(call));
    if (clang_getCursorKind(object) != CXCursor_DeclRefExpr) return false;
    name = spelling(object);
    named = clang_getCursorReferenced(object);
  }
  return goes_by_order(name) && !clang::is_null(named) && is_in_std(named) && !has_comparison(call);
}

/// `std::less<void*>{}(a, b)`.
bool is_comparing_object(CXCursor call) {
  const CXCursor object = object_of_call(call);
  if (callee_name(call) != "operator()" || clang::is_null(object)) return false;
  const CXCursor kept = class_of_type(clang_getCursorType(object));
  return !clang::is_null(kept) && compares_values(spelling(kept));
}

}  // namespace

bool is_mention_in_order(Ancestors above) {
  bool element = false;  // no longer the list itself
  for (auto i = above.rbegin(); i != above.rend(); ++i) {
    const CXCursorKind kind = clang_getCursorKind(*i);
    if (kind == CXCursor_CallExpr) {
      if (is_ordering_call(*i) || (element && is_comparing_object(*i))) return true;
      const std::string name = callee_name(*i);
      if (!effects_of_name(name).has_any({Effect::HandsOut, Effect::GivesHandle})) return false;
      element |= name == "operator[]" || name == "at" || name == "front" || name == "back" ||
                 name == "operator*";
    } else if (kind == CXCursor_ArraySubscriptExpr) {
      element = true;
    } else if (kind == CXCursor_UnaryOperator) {
      element |= clang_getCursorUnaryOperatorKind(*i) == CXUnaryOperator_Deref;
    } else if (kind == CXCursor_BinaryOperator) {
      const CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(*i);
      if (op == CXBinaryOperator_LT || op == CXBinaryOperator_GT || op == CXBinaryOperator_LE ||
          op == CXBinaryOperator_GE) {
        return element;
      }
      if (op != CXBinaryOperator_Add && op != CXBinaryOperator_Sub) return false;
    } else if (!is_implicit(kind) && !is_cast(kind) && kind != CXCursor_MemberRefExpr) {
      return false;
    }
  }
  return false;
}

namespace {

/// True if the addresses in a local variable are sorted or compared somewhere in its function.
bool is_list_in_order(Context& context, CXCursor list, CXCursor function) {
  if (clang::is_null(function)) return false;
  const auto [known, fresh] = context.lists_in_order().try_emplace(list, false);
  if (!fresh) return known->second;
  bool found = false;
  each_mention(function, list, [&found](CXCursor, Ancestors above) {
    found = found || is_mention_in_order(above);
  });
  return context.lists_in_order()[list] = found;
}

/// What a call does with an address, or with a list of them, that it is given.
enum class Taken { InOrder, Kept, PassedOn };

Taken taken_by_call(Context& context, CXCursor call, CXCursor function) {
  if (orders_by_address(clang_getCursorType(call)) || is_ordering_call(call) ||
      is_comparing_object(call)) {
    return Taken::InOrder;
  }
  const std::string name = callee_name(call);
  const snug::Effects effects = effects_of_name(name);
  if (clang_getCursorKind(clang_getCursorReferenced(call)) == CXCursor_Constructor ||
      effects.has(Effect::MakesPair)) {
    return Taken::PassedOn;
  }
  const CXCursor object = object_of_call(call);
  if (clang::is_null(object)) return Taken::Kept;
  if (orders_by_address(clang_getCursorType(object))) return Taken::InOrder;
  const CXCursor variable = clang_getCursorReferenced(strip_implicit(object));
  return effects.has(Effect::Adds) && clang_getCursorKind(variable) == CXCursor_VarDecl &&
                 is_list_in_order(context, variable, function)
             ? Taken::InOrder
             : Taken::Kept;
}

}  // namespace

bool is_put_in_order(Context& context, Ancestors above) {
  const CXCursor function = function_around(above);
  for (; !above.empty(); above = above.first(above.size() - 1)) {
    const CXCursor outer = above.back();
    const CXCursorKind kind = clang_getCursorKind(outer);
    if (kind == CXCursor_CallExpr) {
      const Taken taken = taken_by_call(context, outer, function);
      if (taken != Taken::PassedOn) return taken == Taken::InOrder;
    } else if (kind == CXCursor_VarDecl || kind == CXCursor_FieldDecl) {
      return orders_by_address(clang_getCursorType(outer)) ||
             (kind == CXCursor_VarDecl && is_list_in_order(context, outer, function));
    } else if (kind != CXCursor_InitListExpr && !is_implicit(kind) && !is_cast(kind)) {
      return false;
    }
  }
  return false;
}

}  // namespace snug::uses
