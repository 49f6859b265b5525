// Functions that look at the bytes of the objects they are given: copies, comparisons, IO,
// mappings.
#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "scan/uses/uses_casts.hpp"
#include "scan/uses/uses_extents.hpp"

namespace snug::uses {

namespace {

/// True for pointers that a function sees bytes through: void*, char*, uint8_t*, ...
bool is_untyped_pointer(CXType type) {
  type = clang_getCanonicalType(type);
  if (type.kind != CXType_Pointer) {
    return false;
  }
  const CXType target = clang_getCanonicalType(clang_getPointeeType(type));
  return target.kind == CXType_Void || is_scalar_number(target);
}

std::vector<CXCursor> arguments_of(CXCursor call) {
  std::vector<CXCursor> arguments;
  const int count = clang_Cursor_getNumArguments(call);
  for (int i = 0; i < count; ++i) {
    arguments.push_back(clang_Cursor_getArgument(call, static_cast<unsigned>(i)));
  }
  return arguments;
}

/// True if the first sizeof in the expression is the size of the record or of an array of it.
bool is_size_of(const Context& context, CXCursor expression, const RecordFacts& record) {
  expression = strip_casts(expression);
  if (clang_getCursorKind(expression) == CXCursor_BinaryOperator) {
    for (const CXCursor side : children_of(expression)) {
      if (is_whole_size(context, side)) {
        return is_size_of(context, side, record);
      }
    }
  }
  const auto size = value_of(expression);
  if (!size) {
    return true;  // a variable array, or a size that depends on a template parameter
  }
  const long long one = clang_Type_getSizeOf(record.type);
  return one <= 0 || *size % one == 0;
}

/// Memory behind an object takes more than the size of objects of its type.
bool is_room_behind(const Context& context, CXCursor pointer, CXCursor size,
                    const RecordFacts& record) {
  return points_behind(pointer) &&
         !(is_whole_size(context, size) && is_size_of(context, size, record));
}

/// `memcpy(&a, &b, sizeof a)` of two objects of one type: an assignment.
bool copies_objects(Context& context, const std::vector<CXCursor>& arguments,
                    const std::string& name) {
  if (arguments.size() < 3 ||
      (name.find("cpy") == std::string::npos && name.find("copy") == std::string::npos &&
       name.find("move") == std::string::npos && name.find("Move") == std::string::npos &&
       name.find("Copy") == std::string::npos)) {
    return false;
  }
  const RecordFacts* to = record_behind(context, arguments[0]);
  return to != nullptr && record_behind(context, arguments[1]) == to &&
         is_size_of(context, arguments.back(), *to);
}

void add_memory_call(Context& context, CXCursor call, const std::string& name, Ancestors ancestors,
                     CallKind kind) {
  const std::vector<CXCursor> arguments = arguments_of(call);
  const bool is_set = name.find("memset") != std::string::npos ||
                      name.find("bzero") != std::string::npos || name == "ZeroMemory";
  const bool whole = !arguments.empty() && is_whole_size(context, arguments.back());
  const bool same = (is_set || copies_objects(context, arguments, name)) && whole;
  const RecordFacts* last = nullptr;
  for (const CXCursor argument : arguments) {
    if (!is_untyped_pointer(clang_getCursorType(argument))) {
      continue;
    }
    const RecordFacts* record = record_behind(context, argument);
    if (record == nullptr || record == last ||
        is_room_behind(context, argument, arguments.back(), *record)) {
      continue;
    }
    last = record;
    context.add(*record, call, ancestors,
                {.kind = kind == CallKind::Io ? UseKind::BytesIo : UseKind::MemoryCopy,
                 .detail = "is passed to '" + name + "' as bytes",
                 .keeps_meaning = same && kind == CallKind::Memory});
  }
}

/// The result of mmap goes to a pointer to a record: what is mapped has that layout.
void add_mapping(Context& context, CXCursor call, const std::string& name, Ancestors ancestors) {
  for (std::size_t i = ancestors.size(); i > 0; --i) {
    const CXCursor outer = ancestors[i - 1];
    const CXCursorKind kind = clang_getCursorKind(outer);
    if (const RecordFacts* record = context.pointee(clang_getCursorType(outer))) {
      context.add(*record, call, ancestors,
                  {.kind = UseKind::BytesIo, .detail = "is laid over memory from '" + name + "'"});
      return;
    }
    if (!is_implicit(kind) && !is_cast(kind)) {
      return;
    }
  }
}

void add_bit_cast(Context& context, CXCursor call, Ancestors ancestors) {
  const UseFacts use{.kind = UseKind::ByteCast, .detail = "goes through std::bit_cast"};
  if (const RecordFacts* result = context.record(clang_getCursorType(call))) {
    context.add(*result, call, ancestors, use);
  }
  for (const CXCursor argument : arguments_of(call)) {
    if (const RecordFacts* record = context.record(clang_getCursorType(argument))) {
      context.add(*record, call, ancestors, use);
    }
  }
}

void add_as_bytes(Context& context, CXCursor call, Ancestors ancestors) {
  for (const CXCursor argument : arguments_of(call)) {
    const RecordFacts* span = context.record(clang_getCursorType(argument));
    if (span == nullptr || span->counts) {
      continue;
    }
    context.add(*span, call, ancestors,
                {.kind = UseKind::ByteCast, .detail = "is viewed as bytes"});
  }
}

bool takes_mutable(CXCursor call, std::size_t index) {
  const CXType type = clang_getCursorType(clang_getCursorReferenced(call));
  const CXType parameter =
      clang_getCanonicalType(clang_getArgType(type, static_cast<unsigned>(index)));
  return parameter.kind == CXType_Pointer &&
         clang_isConstQualifiedType(clang_getPointeeType(parameter)) == 0;
}

/// `f(&t, sizeof t)` where f takes untyped memory: it looks at the bytes.
void add_sized_pointer(Context& context, CXCursor call, const std::string& name,
                       Ancestors ancestors) {
  const std::vector<CXCursor> arguments = arguments_of(call);
  const auto size = std::find_if(arguments.begin(), arguments.end(), [&](CXCursor argument) {
    return is_whole_size(context, argument);
  });
  if (arguments.size() < 2 || size == arguments.end()) {
    return;
  }
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const CXCursor argument = arguments[i];
    const CXType type = clang_getCanonicalType(clang_getCursorType(argument));
    if (takes_memory_back(name) && takes_mutable(call, i)) {
      continue;
    }
    if (type.kind != CXType_Pointer ||
        clang_getCanonicalType(clang_getPointeeType(type)).kind != CXType_Void) {
      continue;  // a cast to char* is seen as a cast
    }
    const RecordFacts* record = record_behind(context, argument);
    if (record != nullptr && is_size_of(context, *size, *record)) {
      context.add(*record, call, ancestors,
                  {.kind = UseKind::ByteCast,
                   .detail = "is passed to '" + name + "' as memory of its size"});
    }
  }
}

}  // namespace

bool takes_memory_back(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  static constexpr std::array<std::string_view, 16> kParts{
      "free",  "dealloc", "delete", "release", "recycle", "reclaim", "give",     "destroy",
      "unmap", "zero",    "wipe",   "clear",   "cleanse", "poison",  "prefetch", "scrub"};
  return std::any_of(kParts.begin(), kParts.end(),
                     [&](std::string_view part) { return lower.find(part) != std::string::npos; });
}

void see_byte_call(Context& context, CXCursor call, const std::string& name, Ancestors ancestors) {
  switch (call_kind(name)) {
    case CallKind::Memory:
      add_memory_call(context, call, name, ancestors, CallKind::Memory);
      return;
    case CallKind::Io:
      add_memory_call(context, call, name, ancestors, CallKind::Io);
      return;
    case CallKind::Map:
      add_mapping(context, call, name, ancestors);
      return;
    case CallKind::Allocation:
    case CallKind::Neutral:
      return;
    case CallKind::Unknown:
      break;
  }
  if (name == "bit_cast") {
    add_bit_cast(context, call, ancestors);
  } else if (name.starts_with("start_lifetime_as")) {
    if (const RecordFacts* record = context.pointee(clang_getCursorType(call))) {
      context.add(*record, call, ancestors,
                  {.kind = UseKind::ByteCast, .detail = "is laid over memory that holds bytes"});
    }
  } else if (name == "as_bytes" || name == "as_writable_bytes") {
    add_as_bytes(context, call, ancestors);
  } else {
    add_sized_pointer(context, call, name, ancestors);
  }
}

}  // namespace snug::uses
