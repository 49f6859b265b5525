// Pointers to fields that are passed to functions.
#include <algorithm>
#include <string>

#include "known/known.hpp"
#include "scan/uses/uses_extents.hpp"
#include "scan/uses/uses_pointers.hpp"

namespace snug::uses {

namespace {

/// Functions of functions that are looked into.
constexpr int kDeepestBody = 4;

/// Functions that hand out a pointer to what begins at a field.
bool hands_out_a_range(CXCursor function) {
  const CXCursorKind kind = clang_getCursorKind(function);
  return kind == CXCursor_ConversionFunction ||
         (kind == CXCursor_CXXMethod &&
          effects_of_name(spelling(function)).has(Effect::GivesArray));
}

}  // namespace

Reach PointerFlow::of_argument(const Step& step, CXCursor call, Ancestors above) {
  const auto found = argument_index(call, step.inner);
  const std::string name = callee_name(call);
  if (!found || name.empty()) {
    return {};
  }
  const std::size_t index = *found;
  if (name == "launder" || name == "assume_aligned" || name == "__builtin_assume_aligned" ||
      name == "to_address" || name == "forward" || name == "move") {
    return of_pointer(call, above);
  }
  if (name == "__builtin_object_size" || name == "__builtin_dynamic_object_size") {
    const auto mode = value_of(clang_Cursor_getArgument(call, 1));
    const bool whole = mode && (*mode & 1) == 0;
    return whole ? Reach{.bounds = true, .how = "has the room behind it measured"} : Reach{};
  }
  switch (call_kind(name)) {
    case CallKind::Memory:
    case CallKind::Io:
      return of_sized(step, call, index, name);
    case CallKind::Allocation:
    case CallKind::Map:
      return {};
    case CallKind::Neutral:
      return name.starts_with("qsort") ? of_counted(step, call, index, name) : Reach{};
    case CallKind::Unknown:
      break;
  }
  if (is_range_algorithm(clang_getCursorReferenced(call), name)) {
    const Reach counted = of_counted(step, call, index, name);
    const bool told = counted.bytes || !counted.walks;
    return count_beside(call, index).has_value() && told
               ? counted
               : unknown(step, false, "is passed to '" + name + "' as the start of a range");
  }
  const CXCursor body = clang_getCursorDefinition(clang_getCursorReferenced(call));
  if (!clang::is_null(body) && context_.sources().in_project(clang_getCursorLocation(body))) {
    Reach reach = judged(of_parameter(call, index));
    const bool open = reach.walks && !reach.bytes;
    if (open && count_beside(call, index)) {
      const Reach counted = of_counted(step, call, index, name);
      reach.walks = counted.walks;
      reach.bytes = counted.bytes;
    }
    if (reach.walks || reach.bounds) {
      reach.how = "is passed to '" + name + "', where it " + reach.how;
    }
    return reach;
  }
  return of_counted(step, call, index, name);
}

Reach PointerFlow::of_bytes(const Step& step, CXCursor size, std::uint64_t unit,
                            const std::string& how) const {
  if (is_made_of_offsets(size)) {
    return {.bounds = !array_, .how = how};
  }
  const auto count = value_of(size);
  if (count && *count >= 0) {
    const auto bytes =
        static_cast<std::uint64_t>(step.at) + static_cast<std::uint64_t>(*count) * unit;
    return judged({.walks = true,
                   .guessed = false,
                   .typed = is_own_type(step.pointee),
                   .bytes = bytes,
                   .how = how});
  }
  if (is_distance(size)) {
    return {.bounds = !array_, .how = how};
  }
  const bool single = clang_getCursorKind(strip_casts(size)) == CXCursor_UnaryExpr;
  return single ? Reach{} : unknown(step, true, how);
}

Reach PointerFlow::of_sized(const Step& step, CXCursor call, std::size_t index,
                            const std::string& name) const {
  const std::string how = "is passed to '" + name + "' with a size that is not its own";
  const auto size = size_argument(call, index, name);
  if (!size) {
    return {};
  }
  std::uint64_t unit = 1;
  if (!clang::is_null(size->unit)) {
    const auto value = value_of(size->unit);
    unit = value && *value > 0 ? static_cast<std::uint64_t>(*value) : size_;
  }
  return of_bytes(step, size->count, unit, how);
}

Reach PointerFlow::of_counted(const Step& step, CXCursor call, std::size_t index,
                              const std::string& name) const {
  const auto count = count_beside(call, index);
  const bool untyped = step.pointee.kind == CXType_Void || is_byte_type(step.pointee);
  const bool holds_pointer = type_.kind == CXType_Pointer;
  if (!count || holds_pointer || (type_.kind == CXType_Record && !untyped)) {
    return {};  // a count of what the pointer or the object in the field holds
  }
  long long unit = untyped ? 1 : clang_Type_getSizeOf(step.pointee);
  if (name.starts_with("qsort")) {
    const auto each = value_of(clang_Cursor_getArgument(call, 2));
    unit = each ? *each : unit;
  }
  Reach reach = of_bytes(step, *count, static_cast<std::uint64_t>(std::max(unit, 1LL)),
                         "is passed to '" + name + "' with a count");
  reach.guessed = true;
  return reach;
}

Reach PointerFlow::of_parameter(CXCursor call, std::size_t index) {
  const CXCursor body = clang_getCursorDefinition(clang_getCursorReferenced(call));
  if (clang::is_null(body) || depth_ >= kDeepestBody ||
      !context_.sources().in_project(clang_getCursorLocation(body)) ||
      static_cast<int>(index) >= clang_Cursor_getNumArguments(body)) {
    return {};
  }
  return of_variable(clang_Cursor_getArgument(body, static_cast<unsigned>(index)), body);
}

/// `struct iovec v = {&x, n}`: a pointer and a size.
Reach PointerFlow::of_pair(const Step& step, CXCursor list) const {
  const std::vector<CXCursor> items = children_of(list);
  const RecordFacts* record = context_.record(clang_getCursorType(list));
  if (record == nullptr || record->fields.size() != 2 || items.size() != 2 ||
      !same_node(items[0], step.inner)) {
    return {};
  }
  const CXType type = clang_getCanonicalType(record->fields[1].type);
  if (!is_scalar_number(type) || type.kind == CXType_Enum ||
      !is_count_name(record->fields[1].name)) {
    return {};
  }
  const bool untyped = step.pointee.kind == CXType_Void || is_byte_type(step.pointee);
  const long long unit = untyped ? 1 : clang_Type_getSizeOf(step.pointee);
  return of_bytes(step, items[1], static_cast<std::uint64_t>(std::max(unit, 1LL)),
                  "is kept together with a size that is not its own");
}

/// `float* data() { return &x; }`.
Reach PointerFlow::of_result(const Step& step, Ancestors above) const {
  for (auto i = above.rbegin(); i != above.rend(); ++i) {
    const CXCursorKind kind = clang_getCursorKind(*i);
    if (kind == CXCursor_LambdaExpr) {
      return {};
    }
    if (clang::is_function_or_template(kind)) {
      return hands_out_a_range(*i) ? unknown(step, true, "is handed out by '" + spelling(*i) + "'")
                                   : Reach{};
    }
  }
  return {};
}

/// What is done with the address as a number.
Reach PointerFlow::of_number(CXCursor binary, CXCursor other) const {
  const CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(binary);
  if (kind == CXBinaryOperator_Rem || kind == CXBinaryOperator_And) {
    // `address % 16`, `address & 15`: the same wherever fields of the type lie?
    const auto value = value_of(other);
    const long long alignment = clang_Type_getAlignOf(type_);
    const int mask = kind == CXBinaryOperator_And ? 1 : 0;
    const bool same = value && *value >= 0 && *value + mask <= alignment;
    return same || array_ ? Reach{} : Reach{.pinned = true, .how = "has its address rounded"};
  }
  const CXCursor variable = clang_getCursorReferenced(strip_casts(other));
  if (kind != CXBinaryOperator_Sub || clang_getCursorKind(variable) != CXCursor_VarDecl) return {};
  const CXCursor value = clang_Cursor_getVarDeclInitializer(variable);
  const bool of_field =
      !clang::is_null(value) && is_address(value) && record_behind(context_, value) == nullptr;
  return of_field && !array_ ? Reach{.bounds = true, .how = "is subtracted from another address"}
                             : Reach{};
}

}  // namespace snug::uses
