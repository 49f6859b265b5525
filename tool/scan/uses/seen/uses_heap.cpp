// How much memory was asked for, and who can tell. Most allocators only add the size to an address.
// Some fail when a fixed room is used up, keep a sum that is shown, or sort sizes into classes:
// then a smaller record does something else. The size is followed from the parameter through local
// variables and functions that it is handed to; each is looked at once.
#include "scan/uses/seen/uses_heap.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "known/value_names.hpp"
#include "model/every_record.hpp"
#include "scan/uses/uses_extents.hpp"

namespace snug::uses {

namespace {

/// Limits beyond that guard against overflow.
constexpr std::int64_t largest_room = std::int64_t{1} << 32;

bool is_assignment(CXCursor cursor) {
  const CXCursorKind kind = clang_getCursorKind(cursor);
  return kind == CXCursor_CompoundAssignOperator ||
         (kind == CXCursor_BinaryOperator &&
          clang_getCursorBinaryOperatorKind(cursor) == CXBinaryOperator_Assign);
}

bool is_comparison(CXCursor binary) {
  switch (clang_getCursorBinaryOperatorKind(binary)) {
    case CXBinaryOperator_LT:
    case CXBinaryOperator_LE:
    case CXBinaryOperator_GT:
    case CXBinaryOperator_GE:
      return true;
    default:
      return false;
  }
}

/// `throw`, `return nullptr`, `++failures`: what a limit does. `only_counts`: the last alone.
bool tells_failure(CXCursor code, bool only_counts) {
  switch (clang_getCursorKind(code)) {
    case CXCursor_CXXThrowExpr:
      if (!only_counts) return true;
      break;
    case CXCursor_ReturnStmt: {
      const std::vector<CXCursor> parts = children_of(code);
      if (!only_counts && !parts.empty() && is_zero(strip_casts(parts.front()))) return true;
      break;
    }
    case CXCursor_UnaryOperator:
      switch (clang_getCursorUnaryOperatorKind(code)) {
        case CXUnaryOperator_PostInc:
        case CXUnaryOperator_PreInc:
          return is_scalar_number(clang_getCursorType(code));
        default:
          break;
      }
      break;
    default:
      break;
  }
  const std::vector<CXCursor> parts = children_of(code);
  return std::any_of(parts.begin(), parts.end(),
                     [&](CXCursor part) { return tells_failure(part, only_counts); });
}

/// The variable or field on the left of an assignment, if others than the function see it.
CXCursor target_of(CXCursor assignment) {
  const CXCursor left = strip_casts(children_of(assignment).front());
  const CXCursor target = clang_getCursorReferenced(left);
  const CXCursorKind kind = clang_getCursorKind(target);
  const bool seen =
      kind == CXCursor_FieldDecl ||
      (kind == CXCursor_VarDecl && (clang_getCursorLinkage(target) != CXLinkage_NoLinkage ||
                                    clang_Cursor_getStorageClass(target) == CX_SC_Static));
  return seen ? target : clang_getNullCursor();
}

bool is_memory_function(CXCursor code) {
  const CXCursorKind kind = clang_getCursorKind(code);
  return kind == CXCursor_Constructor || kind == CXCursor_Destructor ||
         clang_getCanonicalType(clang_getCursorResultType(code)).kind == CXType_Pointer;
}

/// True if the code takes the value of the variable or field.
bool reads(CXCursor code, CXCursor target) {
  const std::vector<CXCursor> parts = children_of(code);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const CXCursorKind kind = clang_getCursorKind(parts[i]);
    const bool names = (kind == CXCursor_DeclRefExpr || kind == CXCursor_MemberRefExpr) &&
                       clang_equalCursors(clang_getCursorReferenced(parts[i]), target) != 0;
    if ((names && !(i == 0 && is_assignment(code))) || reads(parts[i], target)) return true;
  }
  return false;
}

/// True if code that hands out no memory itself reads the sum.
bool is_read_elsewhere(const Context& context, CXCursor target, CXCursor function) {
  const std::vector<CXCursor>& codes = context.code_that_names(target);
  return std::any_of(codes.begin(), codes.end(), [&](CXCursor code) {
    return !is_memory_function(code) &&
           (clang::is_null(function) ||
            clang_equalCursors(clang_getCanonicalCursor(code),
                               clang_getCanonicalCursor(function)) == 0) &&
           reads(code, target);
  });
}

class SizeNotice {
 public:
  explicit SizeNotice(const Context& context) : context_(context) {}

  bool in_function(CXCursor function, CXCursor parameter) {
    if (clang::is_null(function) || !followed_.insert(clang_getCanonicalCursor(parameter)).second) {
      return false;
    }
    bool noticed = false;
    each_mention(function, parameter, [&](CXCursor mention, Ancestors above) {
      noticed = noticed || of_value(mention, above);
    });
    return noticed;
  }

  bool of_value(CXCursor size, Ancestors above) {
    bool compared = false;  // with a room of which something is left
    bool classed = false;   // with a number: all but sums are below it as before
    bool summed = false;
    CXCursor inner = size;
    for (; !above.empty(); above = above.first(above.size() - 1)) {
      const CXCursor outer = above.back();
      const CXCursorKind kind = clang_getCursorKind(outer);
      switch (kind) {
        case CXCursor_BinaryOperator:
          if (is_assignment(outer)) return of_assignment(outer, inner, above);
          if (is_limit(outer, inner)) {
            const bool number = value_of(other_side(outer, inner)).has_value();
            classed = true;
            compared |= summed || !number;
          }
          summed = true;
          break;
        case CXCursor_CompoundAssignOperator:
          return of_assignment(outer, inner, above);
        case CXCursor_IfStmt:
          return classed && tells_failure(outer, !compared);
        case CXCursor_ConditionalOperator:
          if (compared && std::ranges::any_of(children_of(outer), [](CXCursor part) {
                return is_zero(strip_casts(part));
              })) {
            return true;
          }
          break;
        case CXCursor_WhileStmt:
        case CXCursor_ForStmt:
        case CXCursor_DoStmt:
          return compared;
        case CXCursor_VarDecl:
          return !clang::is_null(function_around(above)) &&
                 in_function(function_around(above), outer);
        case CXCursor_CallExpr:
          if (of_call(outer, inner)) return true;
          if (!is_scalar_number(clang_getCursorType(outer))) return false;
          break;  // rounded up
        case CXCursor_UnaryOperator:
          break;
        default:
          if (!is_implicit(kind) && !is_cast(kind)) return false;
      }
      inner = outer;
    }
    return false;
  }

 private:
  /// Compared with something that may be a room.
  static bool is_limit(CXCursor binary, CXCursor side) {
    if (!is_comparison(binary)) return false;
    const CXCursor other = other_side(binary, side);
    const auto value = clang::is_null(other) ? std::nullopt : value_of(other);
    return !value || (*value > 0 && *value < largest_room);
  }

  bool of_assignment(CXCursor assignment, CXCursor side, Ancestors above) {
    const std::vector<CXCursor> sides = children_of(assignment);
    if (sides.size() != 2 || same_node(sides[0], side)) return false;
    const CXCursor target = target_of(assignment);
    const CXCursor function = function_around(above);
    if (!clang::is_null(target)) return is_read_elsewhere(context_, target, function);
    const CXCursor local = clang_getCursorReferenced(strip_casts(sides[0]));
    const CXCursorKind kind = clang_getCursorKind(local);
    return (kind == CXCursor_VarDecl || kind == CXCursor_ParmDecl) &&
           is_scalar_number(clang_getCursorType(local)) && in_function(function, local);
  }

  bool of_call(CXCursor call, CXCursor argument) {
    const CXCursor called = clang_getCursorReferenced(call);
    const CXCursor body = clang::is_null(called) ? called : clang_getCursorDefinition(called);
    const auto index = argument_index(call, argument);
    return !clang::is_null(body) && index &&
           static_cast<int>(*index) < clang_Cursor_getNumArguments(body) &&
           context_.sources().in_project(clang_getCursorLocation(body)) &&
           in_function(body, clang_Cursor_getArgument(body, static_cast<unsigned>(*index)));
  }

  const Context& context_;
  clang::CursorSet followed_;
};

/// The record whose object or field a pointer leads to.
const RecordFacts* record_at(Context& context, CXCursor pointer) {
  if (const RecordFacts* record = record_behind(context, pointer)) return record;
  CXCursor place = strip_casts(pointer);
  if (clang_getCursorKind(place) == CXCursor_UnaryOperator) place = strip_casts(operand_of(place));
  if (clang_getCursorKind(place) != CXCursor_MemberRefExpr) return nullptr;
  return context.record(clang_getCursorSemanticParent(clang_getCursorReferenced(place)));
}

void see_object_asked(Context& context, CXCursor call, Ancestors ancestors, std::string detail) {
  const int count = clang_Cursor_getNumArguments(call);
  const RecordFacts* record =
      count > 0 ? record_at(context, clang_Cursor_getArgument(call, 0)) : nullptr;
  const UseFacts use{.kind = UseKind::SizeArithmetic, .detail = std::move(detail)};
  if (record != nullptr) return context.add(*record, call, ancestors, use);
  for (const CXCursor above : ancestors) {
    if (clang::is_function_or_template(clang_getCursorKind(above))) {
      context.size_askers().insert(spelling(above));  // of what its template is given
    }
  }
}

}  // namespace

bool is_size_noticed(const Context& context, CXCursor size, Ancestors above) {
  return SizeNotice(context).of_value(size, above);
}

bool is_parameter_noticed(const Context& context, CXCursor function, CXCursor parameter) {
  return SizeNotice(context).in_function(function, parameter);
}

void see_heap_call(Context& context, CXCursor call, const std::string& name, Ancestors ancestors) {
  if (name == "__builtin_dump_struct") {
    return see_object_asked(context, call, ancestors, "is printed field by field");
  }
  if (name == "__builtin_object_size" || name == "__builtin_dynamic_object_size") {
    return see_object_asked(context, call, ancestors, "has the bytes of its objects asked for");
  }
  if (name == "size_bytes" || name == "max_size") {
    const std::vector<CXCursor> parts = children_of(call);
    const CXCursor object = parts.empty() ? clang_getNullCursor() : operand_of(parts.front());
    const RecordFacts* list =
        clang::is_null(object) ? nullptr : context.record(clang_getCursorType(object));
    if (list != nullptr && !list->counts) {
      context.add(*list, call, ancestors,
                  {.kind = UseKind::SizeArithmetic, .detail = "has its bytes counted by a list"});
    }
    return;
  }
  if (!asks_heap(name)) return;
  const UseFacts use{.kind = UseKind::SizeArithmetic,
                     .detail = "may be what '" + name + "' counts the bytes of"};
  const int count = clang_Cursor_getNumArguments(call);
  const RecordFacts* record =
      count > 0 ? record_behind(context, clang_Cursor_getArgument(call, 0)) : nullptr;
  if (record != nullptr && record->counts) return context.add(*record, call, ancestors, use);
  context.add(std::string(every_record), call, ancestors, use);
}

void note_bytes_read(Context& context, CXCursor function) {
  if (!context.sources().in_project(clang_getCursorLocation(function))) return;
  CXFile file = nullptr;
  const unsigned begin = begin_offset(function, &file);
  unsigned end = 0;
  clang_getFileLocation(clang_getRangeEnd(clang_getCursorExtent(function)), nullptr, nullptr,
                        nullptr, &end);
  if (file == nullptr || end <= begin) return;
  const std::string_view text = context.sources().text(file).substr(begin, end - begin);
  static constexpr std::array<std::string_view, 8> kWords{
      "reinterpret_cast", "bit_cast", "memcpy", "memcmp", "fwrite", "char*)", "char *)", "void*>"};
  if (std::ranges::any_of(kWords, [&](std::string_view word) {
        return text.find(word) != std::string_view::npos;
      })) {
    context.byte_readers().insert(spelling(function));
  }
}

}  // namespace snug::uses
