// Pointers to objects that become pointers to something else, and back.
//
// A pointer that merely passes through `void*` and comes back as the same type keeps its meaning;
// so does memory on its way from an allocator to its object. What counts is a look at the bytes.
#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "scan/uses_context.hpp"

namespace snug::uses {

namespace {

std::string type_text(CXType type) {
  return clang::to_string(clang_getTypeSpelling(type));
}

enum class Origin { Unknown, Memory, Mapped, Bytes, Storage };

CXCursor initializer_of(CXCursor variable) {
  CXCursor value = clang_getNullCursor();
  clang::visit_children(variable, [&](CXCursor child, CXCursor) {
    if (clang_isExpression(clang_getCursorKind(child)) != 0) {
      value = child;
    }
    return CXChildVisit_Continue;
  });
  return value;
}

/// True for parameters like `size_t n`, `int len`, `unsigned num_bytes`.
bool is_length(CXCursor parameter) {
  const CXType type = clang_getCursorType(parameter);
  const CXType canonical = clang_getCanonicalType(type);
  if (!is_scalar_number(canonical) || canonical.kind == CXType_Bool ||
      canonical.kind == CXType_Enum) {
    return false;
  }
  std::string name = spelling(parameter);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  static constexpr std::array<std::string_view, 6> kParts{"len",   "size", "bytes",
                                                          "count", "num",  "sz"};
  return type_text(type).find("size_t") != std::string::npos || name == "n" ||
         std::any_of(kParts.begin(), kParts.end(),
                     [&](std::string_view part) { return name.find(part) != std::string::npos; });
}

/// A `void*` parameter right before a length is a piece of memory.
bool has_length_after(CXCursor parameter) {
  const CXCursor function = clang_getCursorSemanticParent(parameter);
  const int count = clang_Cursor_getNumArguments(function);
  for (int i = 0; i + 1 < count; ++i) {
    const auto index = static_cast<unsigned>(i);
    if (clang_equalCursors(clang_Cursor_getArgument(function, index), parameter) != 0) {
      return is_length(clang_Cursor_getArgument(function, index + 1));
    }
  }
  return false;
}

bool is_aligned_storage(CXCursor field) {
  bool aligned = false;
  clang::visit_children(field, [&](CXCursor child, CXCursor) {
    aligned |= clang_getCursorKind(child) == CXCursor_AlignedAttr;
    return aligned ? CXChildVisit_Break : CXChildVisit_Continue;
  });
  return aligned;
}

/// Where untyped memory comes from, as far as the expression and the variable's first value tell.
Origin origin_of(Context& context, CXCursor expression, int depth) {
  expression = strip_casts(expression);
  switch (clang_getCursorKind(expression)) {
    case CXCursor_CallExpr: {
      const std::string name = callee_name(expression);
      const CallKind kind = call_kind(name);
      if (kind == CallKind::Map) {
        return Origin::Mapped;
      }
      if (name == "launder") {
        return Origin::Storage;
      }
      return kind == CallKind::Allocation ? Origin::Memory : Origin::Unknown;
    }
    case CXCursor_CXXNewExpr:
      return Origin::Memory;
    case CXCursor_BinaryOperator:
    case CXCursor_UnaryOperator:
    case CXCursor_ArraySubscriptExpr: {
      const std::vector<CXCursor> parts = children_of(expression);
      return parts.empty() ? Origin::Unknown : origin_of(context, parts.front(), depth);
    }
    case CXCursor_MemberRefExpr: {
      const CXCursor field = clang_getCursorReferenced(expression);
      const bool array =
          clang_getCanonicalType(clang_getCursorType(field)).kind == CXType_ConstantArray;
      return array && is_aligned_storage(field) ? Origin::Storage : Origin::Unknown;
    }
    case CXCursor_DeclRefExpr: {
      const CXCursor variable = clang_getCursorReferenced(expression);
      if (clang_getCursorKind(variable) == CXCursor_ParmDecl) {
        return has_length_after(variable) ? Origin::Bytes : Origin::Unknown;
      }
      const CXType type = clang_getCanonicalType(clang_getCursorType(variable));
      if (type.kind == CXType_ConstantArray) {
        return Origin::Bytes;
      }
      const CXCursor value = initializer_of(variable);
      if (clang::is_null(value) || depth == 0) {
        return Origin::Unknown;
      }
      const Origin origin = origin_of(context, value, depth - 1);
      const CXCursor plain = strip_casts(value);
      return origin == Origin::Unknown && is_cast(clang_getCursorKind(value)) &&
                     context.pointee(clang_getCursorType(plain)) == nullptr
                 ? Origin::Unknown
                 : origin;
    }
    default:
      return Origin::Unknown;
  }
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

/// The other side of a binary operator.
CXCursor other_side(CXCursor binary, CXCursor side) {
  for (const CXCursor child : children_of(binary)) {
    if (!same_node(child, side)) {
      return child;
    }
  }
  return clang_getNullCursor();
}

/// True if only the address matters to whoever takes the pointer.
bool takes_address_only(Context& context, const Consumer& consumer) {
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
          if (clang::is_null(other)) {
            return false;
          }
          const CXType type = clang_getCanonicalType(clang_getCursorType(other));
          return type.kind == CXType_Pointer || contains_offsetof(other) ||
                 is_whole_size(context, other);
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
  context.add(from, cast, ancestors,
              {.kind = UseKind::ByteCast, .detail = "is cast to '" + type_text(to.type) + "'"});
  context.add(to, cast, ancestors,
              {.kind = UseKind::ByteCast, .detail = "is cast from '" + type_text(from.type) + "'"});
}

/// From a pointer to a record to a pointer to numbers or bytes.
void add_cast_to_bytes(Context& context, CXCursor cast, Ancestors ancestors,
                       const RecordFacts& from, CXType target) {
  if (!is_byte_type(target) && context.starts_with(from, target)) {
    context.add(from, cast, ancestors,
                {.kind = UseKind::FirstMember,
                 .fields = {from.fields.front().name},
                 .detail = "is taken for its first field '" + from.fields.front().name + "'"});
    return;
  }
  if (!takes_address_only(context, consumer_of(cast, ancestors))) {
    context.add(from, cast, ancestors,
                {.kind = UseKind::ByteCast,
                 .detail = "is looked at through a pointer to '" + type_text(target) + "'"});
  }
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
      callee_name(consumer.cursor) == "launder") {
    return;
  }
  context.add(to, cast, ancestors,
              {.kind = UseKind::ByteCast, .detail = "is laid over memory that holds bytes"});
}

}  // namespace

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
    } else if (from != nullptr) {
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
      return;  // a number: an address that was stored
    }
    if (source.kind == CXType_Void || is_scalar_number(source)) {
      add_cast_from_bytes(context, cast, operand, ancestors, *target, source);
    }
  }
}

}  // namespace snug::uses
