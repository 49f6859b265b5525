// Pointers to fields that are passed to functions.
#include <algorithm>
#include <string>

#include "scan/uses/uses_extents.hpp"
#include "scan/uses/uses_pointers.hpp"

namespace snug::uses {

namespace {

/// Functions of functions that are looked into.
constexpr int kDeepestBody = 4;

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

}  // namespace snug::uses
