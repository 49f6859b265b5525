// Pointers to objects that become pointers to something else, and back.
//
// A pointer that merely passes through `void*` and comes back as the same type keeps its meaning;
// so does memory on its way from an allocator to its object. What counts is a look at the bytes.
#include "scan/uses/uses_casts.hpp"

#include <algorithm>
#include <string_view>

#include "scan/uses/uses_extents.hpp"
#include "scan/uses/uses_origins.hpp"
#include "scan/uses/uses_pointers.hpp"

namespace snug::uses {

namespace {

std::string type_text(CXType type) {
  return clang::to_string(clang_getTypeSpelling(type));
}

/// Who takes the value of a cast once conversions around it are dropped.
struct Consumer {
  CXCursor cursor = clang_getNullCursor();
  CXCursor value;  ///< The outermost conversion: what the consumer takes.
};

Consumer consumer_of(CXCursor cast, Ancestors ancestors) {
  const std::size_t left = skip_conversions_up(ancestors);
  Consumer consumer;
  consumer.value = left < ancestors.size() ? ancestors[left] : cast;
  if (left > 0) {
    consumer.cursor = ancestors[left - 1];
  }
  return consumer;
}

/// True if a sum of an address and a number is only passed on, and nobody looks at what is there.
bool is_passed_on(Ancestors ancestors) {
  const CXCursor taker = consumer_above(ancestors);
  switch (clang_getCursorKind(taker)) {
    case CXCursor_ReturnStmt:
    case CXCursor_VarDecl:
    case CXCursor_InitListExpr:
      return true;
    case CXCursor_BinaryOperator:
      return clang_getCursorBinaryOperatorKind(taker) != CXBinaryOperator_Add;
    default:
      return false;
  }
}

/// True if `address + other` is the end of what lies there, which some function gets: its number is
/// a length that came with the address.
bool is_end(CXCursor other, Ancestors above) {
  const CXCursor variable = clang_getCursorReferenced(strip_casts(other));
  const CXCursor taker = consumer_above(above);
  return clang_getCursorKind(variable) == CXCursor_ParmDecl && is_length_by_name(variable) &&
         clang_getCursorKind(taker) == CXCursor_CallExpr &&
         call_kind(callee_name(taker)) == CallKind::Unknown;
}

/// True if `address + other`, where the address is that of the record, is no look at a field at a
/// fixed place.
bool leaves_the_fields(Context& context, const RecordFacts& from, CXCursor other, Ancestors above) {
  const CXTypeKind kind = clang_getCanonicalType(clang_getCursorType(other)).kind;
  if (kind == CXType_Pointer || is_made_of_offsets(other)) {
    return true;
  }
  if (const auto bytes = value_of(other)) {
    const long long one = clang_Type_getSizeOf(from.type);
    return one > 0 && *bytes % one == 0;
  }
  return is_whole_size(context, other) || is_passed_on(above) || is_end(other, above);
}

/// True if only the address matters to whoever takes the pointer. `above` are the ancestors of the
/// cast.
bool takes_address_only(Context& context, const RecordFacts& from, const Consumer& consumer,
                        Ancestors above) {
  switch (clang_getCursorKind(consumer.cursor)) {
    case CXCursor_CallExpr: {
      const CallKind kind = call_kind(callee_name(consumer.cursor));
      return kind != CallKind::Unknown;  // copies and IO are seen as calls
    }
    case CXCursor_CXXDeleteExpr:
    case CXCursor_CXXNewExpr:
    case CXCursor_CompoundStmt:
    case CXCursor_IfStmt:
      return true;
    case CXCursor_BinaryOperator: {
      const CXCursor other = other_side(consumer.cursor, consumer.value);
      switch (clang_getCursorBinaryOperatorKind(consumer.cursor)) {
        case CXBinaryOperator_Add:
        case CXBinaryOperator_Sub: {
          const std::size_t left = skip_conversions_up(above);
          return !clang::is_null(other) &&
                 leaves_the_fields(context, from, other, above.first(left - 1));
        }
        case CXBinaryOperator_Assign:
          return false;
        default:
          return true;  // comparisons
      }
    }
    default:
      return false;
  }
}

/// Storage classes: a record that is nothing but an array of bytes.
bool is_storage_record(Context& context, const RecordFacts& record) {
  if (record.fields.empty()) {
    const RecordFacts* base =
        record.bases.size() == 1 ? context.record(record.bases.front()) : nullptr;
    return base != nullptr && is_storage_record(context, *base);
  }
  const CXType first = record.fields.front().type;
  return (record.fields.size() == 1 || record.is_union) && first.kind == CXType_ConstantArray &&
         is_byte_type(clang_getArrayElementType(first));
}

/// With how many fields of the same names and types at the same places both records begin.
std::size_t common_prefix(const RecordFacts& a, const RecordFacts& b) {
  const std::size_t most = std::min(a.fields.size(), b.fields.size());
  std::size_t count = 0;
  while (count < most) {
    const FieldFacts& x = a.fields[count];
    const FieldFacts& y = b.fields[count];
    if (x.name != y.name || x.name.empty() || clang_equalTypes(x.type, y.type) == 0 ||
        clang_Cursor_getOffsetOfField(x.cursor) != clang_Cursor_getOffsetOfField(y.cursor)) {
      break;
    }
    ++count;
  }
  // A field that both have further behind at the same place may be meant as well.
  for (std::size_t i = count; i < a.fields.size(); ++i) {
    for (std::size_t j = count; j < b.fields.size(); ++j) {
      if (a.fields[i].name == b.fields[j].name &&
          clang_Cursor_getOffsetOfField(a.fields[i].cursor) ==
              clang_Cursor_getOffsetOfField(b.fields[j].cursor)) {
        return 0;
      }
    }
  }
  return count;
}

/// Casts between pointers to two different records.
void add_record_cast(Context& context, CXCursor cast, Ancestors ancestors, const RecordFacts& from,
                     const RecordFacts& to) {
  // A record without fields is the public face of a handle.
  if (context.same_or_derived(from, to) || context.same_or_derived(to, from) ||
      from.fields.empty() || to.fields.empty() || is_storage_record(context, from) ||
      is_storage_record(context, to)) {
    return;
  }
  if (context.starts_with(from, to.type)) {
    context.add(from, cast, ancestors,
                {.kind = UseKind::FirstMember,
                 .fields = {from.fields.front().name},
                 .detail = "is taken for its first field '" + from.fields.front().name + "'"});
    return;
  }
  if (context.starts_with(to, from.type)) {
    context.add(to, cast, ancestors,
                {.kind = UseKind::FirstMember,
                 .fields = {to.fields.front().name},
                 .detail = "is reached from a pointer to its first field '" +
                           to.fields.front().name + "'"});
    return;
  }
  const std::size_t common = common_prefix(from, to);
  if (common > 0) {
    const auto add = [&](const RecordFacts& record, std::string detail) {
      std::vector<std::string> names = record.field_names();
      names.resize(common);
      context.add(record, cast, ancestors,
                  {.kind = UseKind::CommonPrefix, .fields = names, .detail = std::move(detail)});
    };
    add(from, "is cast to '" + type_text(to.type) + "', which begins like it");
    add(to, "is cast from '" + type_text(from.type) + "', which begins like it");
    return;
  }
  context.add(from, cast, ancestors,
              {.kind = UseKind::ByteCast, .detail = "is cast to '" + type_text(to.type) + "'"});
  context.add(to, cast, ancestors,
              {.kind = UseKind::ByteCast, .detail = "is cast from '" + type_text(from.type) + "'"});
}

/// From a pointer to a record to a pointer to numbers or bytes.
void add_cast_to_bytes(Context& context, CXCursor cast, Ancestors ancestors,
                       const RecordFacts& from, CXType target) {
  if (!is_byte_type(target) && context.starts_with(from, target)) {
    const Reach reach = PointerFlow(context, target, from.type).of_pointer(cast, ancestors);
    if (reach.walks || reach.bounds) {
      context.add(from, cast, ancestors,
                  {.kind = UseKind::ByteCast,
                   .detail = "is looked at through a pointer to '" + type_text(target) + "'"});
      return;
    }
    context.add(from, cast, ancestors,
                {.kind = UseKind::FirstMember,
                 .fields = {from.fields.front().name},
                 .detail = "is taken for its first field '" + from.fields.front().name + "'"});
    return;
  }
  if (points_behind(operand_of(cast))) {
    return;  // what lies behind the object is no part of it
  }
  if (!takes_address_only(context, from, consumer_of(cast, ancestors), ancestors)) {
    context.add(from, cast, ancestors,
                {.kind = UseKind::ByteCast,
                 .detail = "is looked at through a pointer to '" + type_text(target) + "'"});
  }
}

/// A number becomes a pointer: an address that was stored, or that of a device whose registers the
/// fields are.
void add_fixed_address(Context& context, CXCursor cast, CXCursor number, Ancestors ancestors,
                       const RecordFacts& to) {
  const CXType type = clang_getPointeeType(clang_getCanonicalType(clang_getCursorType(cast)));
  const bool device = clang_isVolatileQualifiedType(type) != 0;
  const bool registers =
      std::any_of(to.fields.begin(), to.fields.end(), [](const FieldFacts& field) {
        CXType item = field.type;
        while (item.kind == CXType_ConstantArray) {
          item = clang_getCanonicalType(clang_getArrayElementType(item));
        }
        return clang_isVolatileQualifiedType(item) != 0;
      });
  if (!is_zero(number) && (device || (registers && value_of(number)))) {
    context.add(to, cast, ancestors,
                {.kind = UseKind::ByteCast, .detail = "is laid over registers at a fixed address"});
  } else if (origin_of(context, number, 2) == Origin::Bytes) {
    context.add(to, cast, ancestors,
                {.kind = UseKind::ByteCast, .detail = "is laid over memory that holds bytes"});
  }
}

/// True for a parameter, or a place at a distance from it.
bool comes_from_caller(CXCursor pointer) {
  pointer = strip_casts(pointer);
  if (clang_getCursorKind(pointer) == CXCursor_BinaryOperator) {
    pointer = strip_casts(children_of(pointer).front());
  }
  return clang_getCursorKind(clang_getCursorReferenced(pointer)) == CXCursor_ParmDecl;
}

/// From untyped memory to a pointer to a record.
void add_cast_from_bytes(Context& context, CXCursor cast, CXCursor operand, Ancestors ancestors,
                         const RecordFacts& to, CXType source) {
  const bool is_void = source.kind == CXType_Void;
  const Consumer consumer = consumer_of(cast, ancestors);
  if (contains_offsetof(operand)) {
    context.add(to, cast, ancestors,
                {.kind = UseKind::FirstMember,
                 .detail = "is reached from one of its fields by offsetof",
                 .keeps_meaning = true});
    return;
  }
  if (!is_void && !is_byte_type(source) && context.starts_with(to, source)) {
    context.add(to, cast, ancestors,
                {.kind = UseKind::FirstMember,
                 .fields = {to.fields.front().name},
                 .detail = "is reached from a pointer to its first field '" +
                           to.fields.front().name + "'"});
    return;
  }
  switch (origin_of(context, operand, 2)) {
    case Origin::Memory:
    case Origin::Storage:
      return;
    case Origin::Mapped:
      context.add(to, cast, ancestors,
                  {.kind = UseKind::BytesIo, .detail = "is laid over mapped memory"});
      return;
    case Origin::Bytes:
      break;
    case Origin::Unknown:
      if (is_void) {
        return;  // user data that comes back as what it was
      }
  }
  if (clang_getCursorKind(consumer.cursor) == CXCursor_CallExpr &&
      callee_name(consumer.cursor) == "launder" && !comes_from_caller(operand)) {
    return;  // storage of its own, in which the object was made
  }
  context.add(to, cast, ancestors,
              {.kind = UseKind::ByteCast, .detail = "is laid over memory that holds bytes"});
}

}  // namespace

void see_typed_address(Context& context, CXCursor cast, Ancestors ancestors,
                       const RecordFacts& from) {
  CXType to = clang_getCanonicalType(clang_getCursorType(cast));
  to = clang_getCanonicalType(clang_getPointeeType(to));
  const RecordFacts* target = to.kind == CXType_Record ? context.record(to) : nullptr;
  if (target != nullptr && target != &from) {
    add_record_cast(context, cast, ancestors, from, *target);
  } else if (target == nullptr && is_scalar_number(to)) {
    add_cast_to_bytes(context, cast, ancestors, from, to);
  }
}

void see_cast(Context& context, CXCursor cast, Ancestors ancestors) {
  CXType to = clang_getCanonicalType(clang_getCursorType(cast));
  const CXCursor operand = operand_of(cast);
  if (clang::is_null(operand)) {
    return;
  }
  if (to.kind != CXType_Pointer) {
    if (clang_getCursorKind(cast) != CXCursor_CXXReinterpretCastExpr ||
        clang_getCursorType(operand).kind == CXType_Pointer) {
      return;
    }
    const RecordFacts* from = context.record(clang_getCursorType(operand));  // reference casts
    const RecordFacts* target = context.record(to);
    if (from != nullptr && target != nullptr) {
      if (from != target) {
        add_record_cast(context, cast, ancestors, *from, *target);
      }
    } else if (from != nullptr && clang_Type_getSizeOf(to) != CXTypeLayoutError_Dependent) {
      add_cast_to_bytes(context, cast, ancestors, *from, to);
    } else if (target != nullptr) {
      context.add(*target, cast, ancestors,
                  {.kind = UseKind::ByteCast, .detail = "is laid over memory that holds bytes"});
    }
    return;
  }
  to = clang_getCanonicalType(clang_getPointeeType(to));
  const CXCursor plain = strip_implicit(operand);
  if (to.kind == CXType_Record && is_zero(plain)) {
    see_null_base(context, cast, ancestors);
    return;
  }
  const RecordFacts* from = record_behind(context, plain);
  if (from != nullptr && is_storage_record(context, *from)) {
    return;  // room for objects that are made in it
  }
  if (from != nullptr && is_cast(clang_getCursorKind(plain)) &&
      context.pointee(clang_getCursorType(plain)) == nullptr &&
      clang_getCanonicalType(
          clang_getPointeeType(clang_getCanonicalType(clang_getCursorType(plain))))
              .kind != CXType_Void) {
    from = nullptr;  // (T*)(char*)p: the inner cast is looked at on its own
  }
  const RecordFacts* target = to.kind == CXType_Record ? context.record(to) : nullptr;
  if (from != nullptr && target != nullptr) {
    add_record_cast(context, cast, ancestors, *from, *target);
  } else if (from != nullptr && is_scalar_number(to)) {
    add_cast_to_bytes(context, cast, ancestors, *from, to);
  } else if (target != nullptr && from == nullptr) {
    CXType source = clang_getCanonicalType(clang_getCursorType(plain));
    if (source.kind == CXType_Pointer) {
      source = clang_getCanonicalType(clang_getPointeeType(source));
    } else if (source.kind == CXType_ConstantArray || source.kind == CXType_IncompleteArray) {
      source = clang_getCanonicalType(clang_getArrayElementType(source));
    } else {
      add_fixed_address(context, cast, plain, ancestors, *target);
      return;
    }
    if (source.kind == CXType_Void || is_scalar_number(source)) {
      add_cast_from_bytes(context, cast, operand, ancestors, *target, source);
    }
  }
}

}  // namespace snug::uses
