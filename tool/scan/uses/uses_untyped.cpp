// Addresses of objects that lose their type on the way: `void* v = &s; char* p = v;`, `show(&s)`
// with `show(const void* p)`, operands of assembly, `memcmp(a, b, sizeof(struct S))` of two
// `void*`.
//
// Most come back as what they were, which keeps the meaning. So the variable that takes the address
// is followed to all its uses: through local variables and into functions of the project. What
// counts is a conversion to a pointer to numbers that is used at a distance, or to another record.
#include "scan/uses/uses_casts.hpp"
#include "scan/uses/uses_extents.hpp"
#include "scan/uses/uses_origins.hpp"

namespace snug::uses {

namespace {

/// Functions of functions, and variables of variables, that are looked into.
constexpr int deepest_untyped = 4;

bool is_void_pointer(CXType type) {
  type = clang_getCanonicalType(type);
  return type.kind == CXType_Pointer &&
         clang_getCanonicalType(clang_getPointeeType(type)).kind == CXType_Void;
}

class UntypedFlow {
 public:
  UntypedFlow(Context& context, const RecordFacts& from) : context_(context), from_(from) {}

  /// The variable (a parameter or a local one) holds the address.
  void follow(CXCursor variable, CXCursor scope) {
    if (clang::is_null(scope) || depth_ >= deepest_untyped ||
        !seen_.try_emplace(variable, true).second) {
      return;
    }
    ++depth_;
    each_mention(scope, variable, [&](CXCursor mention, Ancestors above) { see(mention, above); });
    --depth_;
  }

  /// The expression is the address, as `void*`.
  void see(CXCursor pointer, Ancestors above) {
    for (; !above.empty(); above = above.first(above.size() - 1)) {
      const CXCursor outer = above.back();
      const CXCursorKind kind = clang_getCursorKind(outer);
      if (!is_implicit(kind) && !is_cast(kind)) {
        hand_on(pointer, outer, above.first(above.size() - 1));
        return;
      }
      const CXType type = clang_getCanonicalType(clang_getCursorType(outer));
      if (type.kind != CXType_Pointer) {
        return;
      }
      if (!is_void_pointer(type)) {
        see_typed_address(context_, outer, above.first(above.size() - 1), from_);
        return;
      }
      pointer = outer;
    }
  }

 private:
  void hand_on(CXCursor pointer, CXCursor taker, Ancestors above) {
    switch (clang_getCursorKind(taker)) {
      case CXCursor_VarDecl:
        if (is_void_pointer(clang_getCursorType(taker))) {
          follow(taker, function_around(above));
        }
        return;
      case CXCursor_CallExpr:
        if (const auto index = argument_index(taker, pointer)) {
          follow_argument(taker, *index);
        }
        return;
      default:
        return;
    }
  }

 public:
  void follow_argument(CXCursor call, std::size_t index) {
    const CXCursor body = clang_getCursorDefinition(clang_getCursorReferenced(call));
    const std::string name = callee_name(call);
    if (clang::is_null(body) || call_kind(name) != CallKind::Unknown || takes_memory_back(name) ||
        !context_.sources().in_project(clang_getCursorLocation(body)) ||
        static_cast<int>(index) >= clang_Cursor_getNumArguments(body)) {
      return;
    }
    const CXCursor parameter = clang_Cursor_getArgument(body, static_cast<unsigned>(index));
    if (is_void_pointer(clang_getCursorType(parameter))) {
      follow(parameter, body);
    }
  }

 private:
  Context& context_;
  const RecordFacts& from_;
  int depth_ = 0;
  clang::CursorMap<bool> seen_;
};

/// An instruction that gets an address knows its offsets; one without text is a barrier.
bool has_instructions(CXCursor statement) {
  if (clang_getCursorKind(statement) != CXCursor_GCCAsmStmt) {
    return true;
  }
  const std::string text = clang::to_string(clang_Cursor_getGCCAssemblyTemplate(statement));
  return text.find_first_not_of(" \t\n;") != std::string::npos && !text.starts_with("#");
}

/// Bytes that lose their type: `view<T>(buffer)` with `view(const void* p)`, which takes them for a
/// record. Each parameter is looked at once.
void see_bytes_argument(Context& context, CXCursor call, unsigned index) {
  const CXCursor body = clang_getCursorDefinition(clang_getCursorReferenced(call));
  if (clang::is_null(body) || call_kind(callee_name(call)) != CallKind::Unknown ||
      !context.sources().in_project(clang_getCursorLocation(body)) ||
      static_cast<int>(index) >= clang_Cursor_getNumArguments(body)) {
    return;
  }
  const CXCursor parameter = clang_Cursor_getArgument(body, index);
  if (!is_void_pointer(clang_getCursorType(parameter)) ||
      !context.given_bytes().insert(parameter).second) {
    return;
  }
  each_mention(body, parameter, [&](CXCursor, Ancestors above) {
    for (; !above.empty(); above = above.first(above.size() - 1)) {
      const CXCursor outer = above.back();
      if (is_cast(clang_getCursorKind(outer))) {
        const RecordFacts* to = context.pointee(clang_getCursorType(outer));
        if (to != nullptr && to->counts) {
          context.add(
              *to, outer, above.first(above.size() - 1),
              {.kind = UseKind::ByteCast, .detail = "is laid over memory that holds bytes"});
        }
      } else if (!is_implicit(clang_getCursorKind(outer))) {
        return;
      }
    }
  });
}

/// An array of numbers, or a place in one.
bool is_place_of_bytes(Context& context, CXCursor argument) {
  CXType type = clang_getCanonicalType(clang_getCursorType(strip_casts(argument)));
  type = type.kind == CXType_Pointer ? clang_getPointeeType(type) : clang_getArrayElementType(type);
  return is_scalar_number(type) && origin_of(context, argument, 2) == Origin::Bytes;
}

}  // namespace

void see_untyped_arguments(Context& context, CXCursor call) {
  const int count = clang_Cursor_getNumArguments(call);
  for (int i = 0; i < count; ++i) {
    const auto index = static_cast<unsigned>(i);
    const CXCursor argument = clang_Cursor_getArgument(call, index);
    if (!is_void_pointer(clang_getCursorType(argument))) {
      continue;
    }
    const RecordFacts* from = record_behind(context, argument);
    if (from != nullptr && from->counts) {
      UntypedFlow(context, *from).follow_argument(call, index);
    } else if (from == nullptr && is_place_of_bytes(context, argument)) {
      see_bytes_argument(context, call, index);
    }
  }
}

void see_untyped_variable(Context& context, CXCursor variable, Ancestors ancestors) {
  if (!is_void_pointer(clang_getCursorType(variable)) ||
      clang_getCursorLinkage(variable) != CXLinkage_NoLinkage) {
    return;
  }
  const CXCursor value = clang_Cursor_getVarDeclInitializer(variable);
  const RecordFacts* from = clang::is_null(value) ? nullptr : record_behind(context, value);
  if (from != nullptr && from->counts) {
    UntypedFlow(context, *from).follow(variable, function_around(ancestors));
  }
}

void see_assembly(Context& context, CXCursor statement, Ancestors ancestors) {
  if (!has_instructions(statement)) {
    return;
  }
  for (const CXCursor operand : children_of(statement)) {
    const CXCursor plain = strip_casts(operand);
    const RecordFacts* record = context.record(clang_getCursorType(plain));
    if (record == nullptr) {
      record = record_behind(context, operand);
    }
    if (record != nullptr) {
      context.add(*record, statement, ancestors,
                  {.kind = UseKind::ByteCast, .detail = "is passed to assembly"});
    }
  }
}

}  // namespace snug::uses
