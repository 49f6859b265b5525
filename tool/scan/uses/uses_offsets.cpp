// offsetof, and offsets by hand.
#include <algorithm>

#include "scan/uses/uses_extents.hpp"
#include "scan/uses/uses_flow.hpp"

namespace snug::uses {

namespace {

/// The record that a field belongs to, through anonymous structs and unions.
const RecordFacts* owner_of(Context& context, CXCursor field) {
  const RecordFacts* owner = context.record(clang_getCursorSemanticParent(field));
  while (owner != nullptr && clang_Cursor_isAnonymousRecordDecl(owner->definition) != 0) {
    owner = context.record(clang_getCursorSemanticParent(owner->definition));
  }
  return owner;
}

/// True for a variable that holds an offset and takes part in a distance, or says how many bytes a
/// function takes or where it begins.
bool bounds_a_range(CXCursor variable, Ancestors ancestors) {
  const CXCursor function = function_around(ancestors);
  bool bounds = clang::is_null(function);  // a constant that any code may use
  each_mention(function, variable, [&](CXCursor mention, Ancestors above) {
    const Flow flow = flow_of(mention, above);
    const CXBinaryOperatorKind kind =
        above.empty() ? CXBinaryOperator_Invalid
                      : clang_getCursorBinaryOperatorKind(consumer_above(above));
    const bool memory = flow.to_call && call_kind(callee_name(flow.stop)) != CallKind::Unknown &&
                        call_kind(callee_name(flow.stop)) != CallKind::Neutral;
    bounds |= flow.offsets || flow.rest || flow.tested || kind == CXBinaryOperator_Sub || memory;
  });
  return bounds;
}

/// True if the offset of the field is where something begins or ends that is more than the field.
bool bounds_a_range(const Flow& flow, Ancestors ancestors, CXCursor field) {
  if (flow.offsets || flow.rest) {
    return true;
  }
  if (flow.to_call) {
    const std::string name = callee_name(flow.stop);
    const CallKind kind = call_kind(name);
    if (kind != CallKind::Memory && kind != CallKind::Io) {
      return false;
    }
    const auto pointer = argument_index(flow.stop, flow.taken);
    if (!pointer ||
        clang_getCanonicalType(clang_getCursorType(flow.taken)).kind != CXType_Pointer) {
      return true;  // how many bytes
    }
    const auto size = size_argument(flow.stop, *pointer, name);
    const auto bytes = size ? value_of(size->count) : std::nullopt;
    return !bytes || *bytes > clang_Type_getSizeOf(clang_getCursorType(field));
  }
  if (clang_getCursorKind(flow.stop) == CXCursor_VarDecl) {
    return bounds_a_range(flow.stop, ancestors);
  }
  if (clang_getCursorKind(flow.stop) == CXCursor_BinaryOperator) {
    const CXCursor target = strip_implicit(children_of(flow.stop).front());
    return clang_getCursorKind(target) == CXCursor_DeclRefExpr &&
           bounds_a_range(clang_getCursorReferenced(target), ancestors);
  }
  return false;
}

void add_offset(Context& context, CXCursor at, Ancestors ancestors, CXCursor field) {
  const RecordFacts* owner = owner_of(context, field);
  if (owner == nullptr) {
    return;
  }
  const Flow flow = flow_of(at, ancestors);
  UseFacts use{.kind = UseKind::OffsetOf, .fields = {spelling(field)}};
  use.keeps_meaning = true;
  if (flow.asserted || flow.in_type) {
    use.kind = UseKind::AssertedOffset;
    use.asserted = flow.asserted;
    use.keeps_meaning = false;
  } else if (bounds_a_range(flow, ancestors, field)) {
    use.kind = UseKind::FieldBorder;
    use.keeps_meaning = false;
    use.detail = "bounds a range by its offset";
  }
  context.add(*owner, at, ancestors, use);
}

}  // namespace

void see_member_ref(Context& context, CXCursor reference, Ancestors ancestors) {
  if (ancestors.empty() || clang_getCursorKind(ancestors.back()) != CXCursor_UnexposedExpr) {
    return;
  }
  if (ancestors.size() > 1 &&
      clang_getCursorKind(ancestors[ancestors.size() - 2]) == CXCursor_InitListExpr) {
    return;  // a designator
  }
  const CXCursor field = clang_getCursorReferenced(reference);
  if (clang_getCursorKind(field) == CXCursor_FieldDecl) {
    add_offset(context, ancestors.back(), ancestors.first(ancestors.size() - 1), field);
  }
}

void see_null_base(Context& context, CXCursor cast, Ancestors ancestors) {
  const std::size_t left = skip_conversions_up(ancestors);
  if (left < 2) {
    return;
  }
  const CXCursor member = ancestors[left - 1];
  const CXCursor address = ancestors[left - 2];
  if (clang_getCursorKind(member) != CXCursor_MemberRefExpr ||
      clang_getCursorKind(address) != CXCursor_UnaryOperator ||
      clang_getCursorUnaryOperatorKind(address) != CXUnaryOperator_AddrOf) {
    return;
  }
  const CXCursor field = clang_getCursorReferenced(member);
  if (clang_getCursorKind(field) == CXCursor_FieldDecl) {
    add_offset(context, address, ancestors.first(left - 2), field);
  }
  (void)cast;
}

}  // namespace snug::uses
