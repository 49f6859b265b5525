// A pointer to a field reaches the field, or goes on to its neighbours: `(&x)[1]`, `sum(&x, 3)`,
// `memset(&x, 0, n)`. The second kind depends on which fields lie behind.
//
// 1. From the address outwards, conversions are dropped until somebody takes the pointer.
// 2. Who takes it tells how far it reaches: a dereference touches one object, an index or a sum as
//    much as its value says, a function what its size or its body says. What is only stored,
//    returned or handed to a function that was not read without a count is one object: that is what
//    an ordinary out-parameter looks like.
// 3. Local variables and parameters are followed to all their uses.
#include "scan/uses/uses_pointers.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "known/known.hpp"
#include "scan/uses/uses_extents.hpp"
#include "scan/uses/uses_size_values.hpp"

namespace snug::uses {

namespace {

bool is_local_variable(CXCursor variable) {
  const CXCursorKind kind = clang_getCursorKind(variable);
  return kind == CXCursor_ParmDecl ||
         (kind == CXCursor_VarDecl && clang_getCursorLinkage(variable) == CXLinkage_NoLinkage);
}

bool refers_to(CXType type) {
  const CXTypeKind kind = clang_getCanonicalType(type).kind;
  return kind == CXType_LValueReference || kind == CXType_RValueReference;
}

}  // namespace

void Reach::join(const Reach& other) {
  if (other.walks) {
    bytes = !walks                 ? other.bytes
            : bytes && other.bytes ? std::optional(std::max(*bytes, *other.bytes))
                                   : std::nullopt;
    guessed = walks ? guessed && other.guessed : other.guessed;
    typed = walks ? typed && other.typed : other.typed;
  }
  if (how.empty() || (other.walks && !walks)) {
    how = other.how.empty() ? how : other.how;
  }
  walks |= other.walks;
  bounds |= other.bounds;
  pinned |= other.pinned;
}

PointerFlow::PointerFlow(Context& context, CXType type, CXType owner)
    : PointerFlow(context, type, owner, 0) {}

PointerFlow::PointerFlow(Context& context, CXType type, CXType owner, int depth)
    : context_(context), type_(clang_getCanonicalType(type)), owner_(owner), depth_(depth) {
  const long long size = clang_Type_getSizeOf(type_);
  size_ = size > 0 ? static_cast<std::uint64_t>(size) : 1;
  array_ = type_.kind == CXType_ConstantArray;
}

bool PointerFlow::is_own_type(CXType pointee) const {
  CXType own = type_;
  while (own.kind == CXType_ConstantArray) {
    own = clang_getCanonicalType(clang_getArrayElementType(own));
  }
  return clang_equalTypes(clang_getUnqualifiedType(own),
                          clang_getUnqualifiedType(clang_getCanonicalType(pointee))) != 0;
}

/// What goes on in an array by an unknown amount is taken to stay in it.
Reach PointerFlow::judged(Reach reach) const {
  if (reach.walks && ((!reach.bytes && array_) || (reach.bytes && *reach.bytes <= size_))) {
    reach.walks = false;
  }
  return reach;
}

Reach PointerFlow::touched(const Step& step, const std::string& how) const {
  const long long size = clang_Type_getSizeOf(step.pointee);
  const RecordFacts* record =
      step.pointee.kind == CXType_Record ? context_.record(step.pointee) : nullptr;
  const bool holder =
      record != nullptr && (clang_equalTypes(record->type, owner_) != 0 ||
                            (type_.kind == CXType_Record && context_.starts_with(*record, type_)));
  if (size <= 0 || holder) {
    return {};  // not complete, or the record that begins with the field
  }
  if (step.at < 0) {
    return unknown(step, false, how);
  }
  Reach reach{.walks = true, .guessed = false, .how = how};
  reach.bytes = static_cast<std::uint64_t>(step.at + size);
  reach.typed = is_own_type(step.pointee);
  return judged(reach);
}

Reach PointerFlow::unknown(const Step& step, bool guessed, std::string how) const {
  return judged({.walks = true,
                 .guessed = guessed,
                 .typed = is_own_type(step.pointee),
                 .how = std::move(how)});
}

namespace {

Reach in_order() {
  return {.bounds = true, .how = "is put in order by its address"};
}

}  // namespace

Reach PointerFlow::of_pointer(CXCursor pointer, Ancestors above) {
  const CXType type = clang_getCanonicalType(clang_getCursorType(pointer));
  Step step{pointer, type_, 0};
  if (type.kind == CXType_Pointer) {
    step.pointee = clang_getCanonicalType(clang_getPointeeType(type));
  } else if (type.kind == CXType_ConstantArray) {
    step.pointee = clang_getCanonicalType(clang_getArrayElementType(type));
  }
  for (; !above.empty(); above = above.first(above.size() - 1)) {
    const CXCursor outer = above.back();
    const Ancestors rest = above.first(above.size() - 1);
    const CXCursorKind kind = clang_getCursorKind(outer);
    if (is_implicit(kind) || is_cast(kind)) {
      const CXType to = clang_getCanonicalType(clang_getCursorType(outer));
      if (to.kind == CXType_Pointer) {
        step.pointee = clang_getCanonicalType(clang_getPointeeType(to));
      } else if (!is_scalar_number(to) && to.kind != CXType_ConstantArray) {
        return {};
      }
      step.inner = outer;
      continue;
    }
    switch (kind) {
      case CXCursor_UnaryOperator:
        switch (clang_getCursorUnaryOperatorKind(outer)) {
          case CXUnaryOperator_Deref:
            return touched(step, "is read or written as a larger type");
          case CXUnaryOperator_PostInc:
          case CXUnaryOperator_PostDec:
          case CXUnaryOperator_PreInc:
          case CXUnaryOperator_PreDec:
            return unknown(step, false, "is moved on");
          default:
            return {};
        }
      case CXCursor_MemberRefExpr:
        return touched(step, "is read or written as a larger type");
      case CXCursor_ArraySubscriptExpr:
        return of_subscript(step, outer, rest);
      case CXCursor_BinaryOperator:
        if (clang_getCursorBinaryOperatorKind(outer) == CXBinaryOperator_Comma &&
            same_node(children_of(outer).back(), step.inner)) {
          step.inner = outer;
          continue;
        }
        return of_operator(step, outer, rest);
      case CXCursor_CompoundAssignOperator:
        return unknown(step, false, "is moved on");
      case CXCursor_ConditionalOperator:
        if (same_node(children_of(outer).front(), step.inner)) {
          return {};
        }
        step.inner = outer;
        continue;
      case CXCursor_CallExpr:
        if (is_put_in_order(context_, above)) return in_order();
        return of_argument(step, outer, rest);
      case CXCursor_InitListExpr:
        if (is_put_in_order(context_, above)) return in_order();
        return of_pair(step, outer);
      case CXCursor_VarDecl:
        return is_local_variable(outer) ? kept_in(step, outer, function_around(rest)) : Reach{};
      case CXCursor_ReturnStmt:
        return of_result(step, rest);
      default:
        return {};
    }
  }
  return {};
}

Reach PointerFlow::of_object(CXCursor object, Ancestors above) {
  CXCursor inner = object;
  for (; !above.empty(); above = above.first(above.size() - 1)) {
    const CXCursor outer = above.back();
    const Ancestors rest = above.first(above.size() - 1);
    const CXCursorKind kind = clang_getCursorKind(outer);
    if (is_cast(kind)) {
      const CXType to = clang_getCanonicalType(clang_getCursorType(outer));
      const bool overlay = kind == CXCursor_CXXReinterpretCastExpr && to.kind != CXType_Pointer &&
                           clang_Type_getSizeOf(to) > 0;
      return overlay ? touched({outer, to, 0}, "is read or written as a larger type") : Reach{};
    }
    if (is_implicit(kind)) {
      inner = outer;
      continue;
    }
    switch (kind) {
      case CXCursor_UnaryOperator:
        return clang_getCursorUnaryOperatorKind(outer) == CXUnaryOperator_AddrOf
                   ? of_pointer(outer, rest)
                   : Reach{};
      case CXCursor_VarDecl:
        return is_local_variable(outer) && refers_to(clang_getCursorType(outer))
                   ? judged(of_variable(outer, function_around(rest)))
                   : Reach{};
      case CXCursor_CallExpr: {
        const auto index = argument_index(outer, inner);
        if (!index) {
          return {};
        }
        if (callee_name(outer).ends_with("addressof")) {
          return of_pointer(outer, rest);
        }
        const CXType parameter = clang_getArgType(
            clang_getCursorType(clang_getCursorReferenced(outer)), static_cast<unsigned>(*index));
        return refers_to(parameter) ? judged(of_parameter(outer, *index)) : Reach{};
      }
      default:
        return {};
    }
  }
  return {};
}

Reach PointerFlow::of_subscript(const Step& step, CXCursor subscript, Ancestors above) {
  const std::vector<CXCursor> parts = children_of(subscript);
  const long long one = clang_Type_getSizeOf(step.pointee);
  if (parts.size() != 2 || !same_node(parts[0], step.inner) || one <= 0) {
    return {};
  }
  auto index = value_of(parts[1]);
  const bool address = !above.empty() &&
                       clang_getCursorKind(above.back()) == CXCursor_UnaryOperator &&
                       clang_getCursorUnaryOperatorKind(above.back()) == CXUnaryOperator_AddrOf;
  if (address) {
    Step moved{above.back(), step.pointee, step.at + (index && !array_ ? *index * one : 0)};
    if (array_ || (index && *index == 0)) {
      return of_pointer(moved.inner, above.first(above.size() - 1));
    }
    return index ? touched(moved, "is indexed") : unknown(step, false, "is indexed");
  }
  if (!index) {
    if (const auto bound = bound_of_index(parts[1], above)) {
      index = *bound - 1;
    }
  }
  if (!index) {
    return unknown(step, false, "is indexed");
  }
  return touched({step.inner, step.pointee, step.at + *index * one}, "is indexed");
}

Reach PointerFlow::of_operator(const Step& step, CXCursor binary, Ancestors above) {
  const CXCursor other = other_side(binary, step.inner);
  if (clang::is_null(other)) {
    return {};
  }
  const std::vector<CXCursor> sides = children_of(binary);
  const CXType other_type = clang_getCanonicalType(clang_getCursorType(other));
  const bool other_points =
      other_type.kind == CXType_Pointer || other_type.kind == CXType_ConstantArray;
  switch (clang_getCursorBinaryOperatorKind(binary)) {
    case CXBinaryOperator_Add:
    case CXBinaryOperator_Sub:
      if (other_points || is_address(other)) {
        const bool own = array_ && !is_address(other);
        if (record_behind(context_, other) != nullptr) {
          const Flow flow = flow_of(binary, above);
          return becomes_text(context_, flow, above) || size_is_seen(context_, flow, above)
                     ? Reach{.pinned = true, .how = "has its distance from the start seen"}
                     : Reach{};
        }
        return own ? Reach{} : Reach{.bounds = true, .how = "is subtracted from another address"};
      }
      if (clang_getCanonicalType(clang_getCursorType(step.inner)).kind != CXType_Pointer &&
          clang_getCanonicalType(clang_getCursorType(step.inner)).kind != CXType_ConstantArray) {
        return of_number(binary, other);
      }
      return of_sum(step, binary, other, above);
    case CXBinaryOperator_Rem:
    case CXBinaryOperator_And:
      return of_number(binary, other);
    case CXBinaryOperator_LT:
    case CXBinaryOperator_LE:
    case CXBinaryOperator_GT:
    case CXBinaryOperator_GE:
      return {.bounds = !array_, .how = "is compared as the end of a range"};
    case CXBinaryOperator_Assign: {
      if (same_node(sides.front(), step.inner)) {
        return {};
      }
      const CXCursor target = strip_implicit(sides.front());
      const CXCursor variable = clang_getCursorReferenced(target);
      return clang_getCursorKind(target) == CXCursor_DeclRefExpr && is_local_variable(variable)
                 ? kept_in(step, variable, function_around(above))
                 : Reach{};
    }
    default:
      return {};
  }
}

namespace {

/// True if some mention of the local variable reads or writes what it points to.
bool is_looked_through(CXCursor variable, Ancestors above) {
  bool looked = false;
  each_mention(function_around(above), variable, [&](CXCursor, Ancestors around) {
    const CXCursor taker = consumer_above(around);
    const CXCursorKind kind = clang_getCursorKind(taker);
    looked |= kind == CXCursor_ArraySubscriptExpr || kind == CXCursor_MemberRefExpr ||
              (kind == CXCursor_UnaryOperator &&
               clang_getCursorUnaryOperatorKind(taker) == CXUnaryOperator_Deref);
  });
  return looked;
}

}  // namespace

/// `pointer + other`, or minus.
Reach PointerFlow::of_sum(const Step& step, CXCursor sum, CXCursor other, Ancestors above) {
  const long long one = step.pointee.kind == CXType_Void ? 1 : clang_Type_getSizeOf(step.pointee);
  if (one <= 0 || contains_offsetof(other) || is_made_of_offsets(other)) {
    return {};
  }
  const bool minus = clang_getCursorBinaryOperatorKind(sum) == CXBinaryOperator_Sub;
  auto steps = value_of(other);
  if (!steps) {
    return array_ ? Reach{} : unknown(step, false, "is moved on");
  }
  const std::int64_t at = step.at + (minus ? -*steps : *steps) * one;
  if (at < 0) {
    return unknown(step, false, "is moved back");
  }
  const CXCursor consumer = consumer_above(above);
  const CXCursorKind kind = clang_getCursorKind(consumer);
  const bool looks_there = (kind == CXCursor_UnaryOperator &&
                            clang_getCursorUnaryOperatorKind(consumer) == CXUnaryOperator_Deref) ||
                           kind == CXCursor_MemberRefExpr || kind == CXCursor_ArraySubscriptExpr;
  const bool kept = kind == CXCursor_VarDecl && is_looked_through(consumer, above);
  if (looks_there || kept) {
    return touched({sum, step.pointee, at}, "is moved on");
  }
  // Inside the field or right behind it: the end of a range that is the field.
  return judged({.walks = true,
                 .guessed = false,
                 .typed = is_own_type(step.pointee),
                 .bytes = static_cast<std::uint64_t>(at),
                 .how = "is moved on"});
}

/// The pointer is kept in a local variable.
Reach PointerFlow::kept_in(const Step& step, CXCursor variable, CXCursor scope) {
  Reach reach = of_variable(variable, scope);
  reach.bounds = reach.bounds && !array_ && !reach.walks;
  const CXType type = clang_getCanonicalType(clang_getCursorType(variable));
  const bool larger = type.kind == CXType_Pointer && is_scalar_number(step.pointee);
  if (larger) {
    reach.join(touched(step, "is read or written as a larger type"));
  }
  return judged(reach);
}

Reach PointerFlow::of_variable(CXCursor variable, CXCursor scope) {
  if (clang::is_null(scope)) {
    return {};
  }
  // Known by its own type alone, for whoever hands something on to it.
  const auto [known, fresh] = context_.reaches().try_emplace(variable, Reach{});
  if (!fresh) {
    return known->second;
  }
  CXType type = clang_getCanonicalType(clang_getCursorType(variable));
  const bool refers = refers_to(type);
  if (refers || type.kind == CXType_Pointer) {
    type = clang_getCanonicalType(clang_getPointeeType(type));
  }
  PointerFlow inside(context_, type, owner_, depth_ + 1);
  Reach reach;
  each_mention(scope, variable, [&](CXCursor mention, Ancestors above) {
    reach.join(refers ? inside.of_object(mention, above) : inside.of_pointer(mention, above));
  });
  return context_.reaches()[variable] = reach;
}

}  // namespace snug::uses
