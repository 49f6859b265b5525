// Fields whose address is the start or the end of a range: what lies behind them matters.
#include <algorithm>
#include <array>

#include "scan/uses/uses_extents.hpp"
#include "scan/uses/uses_pointers.hpp"

namespace snug::uses {

namespace {

/// The element type of arrays, else the type itself.
CXType item_type_of(CXType type) {
  type = clang_getCanonicalType(type);
  while (type.kind == CXType_ConstantArray) {
    type = clang_getCanonicalType(clang_getArrayElementType(type));
  }
  return clang_getUnqualifiedType(type);
}

/// `char text[1];` at the end: the rest of the array lies behind the object.
bool goes_on_behind(const RecordFacts& record, CXCursor field) {
  const FieldFacts& last = record.fields.back();
  const bool is_last = clang_equalCursors(last.cursor, field) != 0;
  return is_last &&
         (last.type.kind == CXType_IncompleteArray ||
          (last.type.kind == CXType_ConstantArray && clang_getArraySize(last.type) <= 1));
}

/// The field and those of the same type that follow it without a gap, up to `end` bits.
std::vector<std::string> run_from(const RecordFacts& record, CXCursor field, long long end) {
  std::vector<std::string> run;
  const auto first = std::find_if(
      record.fields.begin(), record.fields.end(),
      [&](const FieldFacts& facts) { return clang_equalCursors(facts.cursor, field) != 0; });
  long long next = first == record.fields.end() ? -1 : clang_Cursor_getOffsetOfField(field);
  for (auto at = first; at != record.fields.end(); ++at) {
    const long long offset = clang_Cursor_getOffsetOfField(at->cursor);
    if (offset != next || offset < 0 || (end >= 0 && offset >= end) || at->name.empty() ||
        clang_Cursor_isBitField(at->cursor) != 0 ||
        clang_equalTypes(item_type_of(at->type), item_type_of(first->type)) == 0) {
      break;
    }
    run.push_back(at->name);
    next = offset + 8 * clang_Type_getSizeOf(at->type);
  }
  return run;
}

/// The fields that have to stay together; one where it is not known which; none if it does not
/// matter.
std::vector<std::string> fields_of(const RecordFacts& record, CXCursor field, const Reach& reach) {
  const std::vector<std::string> alone{spelling(field)};
  const long long start = clang_Cursor_getOffsetOfField(field);
  if (!reach.bytes) {
    if (!reach.typed) {
      return alone;
    }
    std::vector<std::string> run = run_from(record, field, -1);
    const bool nothing_behind = run.size() < 2;
    return !nothing_behind ? run : reach.guessed ? std::vector<std::string>{} : alone;
  }
  const long long end = start + 8 * static_cast<long long>(*reach.bytes);
  std::vector<std::string> run = run_from(record, field, end);
  const auto last = std::find_if(
      record.fields.begin(), record.fields.end(),
      [&](const FieldFacts& facts) { return !run.empty() && facts.name == run.back(); });
  const bool covered =
      last != record.fields.end() &&
      clang_Cursor_getOffsetOfField(last->cursor) + 8 * clang_Type_getSizeOf(last->type) >= end;
  return covered ? run : alone;
}

}  // namespace

namespace {

/// `&r.tag` of an empty class: with [[no_unique_address]] the byte there would be another field's.
void see_empty_field(Context& context, CXCursor member, CXType type, Ancestors ancestors) {
  const RecordFacts* record = type.kind == CXType_Record ? context.record(type) : nullptr;
  if (record == nullptr || !record->fields.empty() || clang_Type_getSizeOf(type) != 1) return;
  const CXCursor taker = consumer_above(ancestors);
  const CXCursorKind kind = clang_getCursorKind(taker);
  const bool address = (kind == CXCursor_UnaryOperator &&
                        clang_getCursorUnaryOperatorKind(taker) == CXUnaryOperator_AddrOf) ||
                       (kind == CXCursor_CallExpr && callee_name(taker) == "addressof");
  if (!address) return;
  context.add(record->id, member, ancestors,
              {.kind = UseKind::ByteCast, .detail = "has the address of an object taken"});
}

}  // namespace

void see_field_address(Context& context, CXCursor member, Ancestors ancestors) {
  if (ancestors.empty()) {
    return;
  }
  switch (clang_getCursorKind(ancestors.back())) {
    case CXCursor_MemberRefExpr:
    case CXCursor_BinaryOperator:
    case CXCursor_CompoundAssignOperator:
    case CXCursor_CompoundStmt:
    case CXCursor_IfStmt:
      return;  // the common ends of a plain access
    default:
      break;
  }
  const CXCursor field = clang_getCursorReferenced(member);
  if (clang_getCursorKind(field) != CXCursor_FieldDecl || clang_Cursor_isBitField(field) != 0) {
    return;
  }
  const CXType type = clang_getCanonicalType(clang_getCursorType(field));
  if (context.is_cxx()) see_empty_field(context, member, type, ancestors);
  const bool is_array = type.kind == CXType_ConstantArray;
  const RecordFacts* owner = context.record(clang_getCursorSemanticParent(field));
  if (owner == nullptr || !owner->counts || owner->fields.empty() ||
      clang_Type_getSizeOf(type) <= 0 || goes_on_behind(*owner, field)) {
    return;
  }
  const CXCursor base = operand_of(member);
  if (!clang::is_null(base) && is_zero(strip_casts(base))) {
    return;  // an offset by hand
  }
  see_offset_by_hand(context, member, ancestors);
  PointerFlow flow(context, type, owner->type);
  Reach reach = is_array ? flow.of_pointer(member, ancestors) : Reach{};
  reach.join(flow.of_object(member, ancestors));
  const RecordFacts* outer = owner;
  while (outer != nullptr && clang_Cursor_isAnonymousRecordDecl(outer->definition) != 0) {
    outer = context.record(clang_getCursorSemanticParent(outer->definition));
  }
  if (outer == nullptr) {
    return;
  }
  if (reach.pinned) {
    context.add(*outer, member, ancestors,
                {.kind = UseKind::OffsetOf, .fields = {spelling(field)}, .detail = reach.how});
  }
  if (reach.bounds) {
    context.add(*outer, member, ancestors,
                {.kind = UseKind::FieldBorder, .fields = {spelling(field)}, .detail = reach.how});
  }
  if (!reach.walks) {
    return;
  }
  std::vector<std::string> fields =
      owner->is_union ? std::vector<std::string>{spelling(field)} : fields_of(*owner, field, reach);
  if (!fields.empty()) {
    context.add(*outer, member, ancestors,
                {.kind = UseKind::FieldRun, .fields = std::move(fields), .detail = reach.how});
  }
}

}  // namespace snug::uses
