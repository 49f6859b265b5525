// Arguments that are copied into parameters, functions that are named without being called, and
// objects that are copied out of an owner.
#include <string_view>

#include "scan/ownership/ownership_context.hpp"

namespace snug::ownership {
namespace {

/// Index of the argument that the cursor is, or -1.
int argument_index(CXCursor call, CXCursor cursor) {
  const int count = clang_Cursor_getNumArguments(call);
  for (int i = 0; i < count; ++i) {
    const CXCursor one = stripped(clang_Cursor_getArgument(call, static_cast<unsigned>(i)));
    if (clang_getCursorKind(one) == clang_getCursorKind(cursor) && one.data[1] == cursor.data[1]) {
      return i;
    }
  }
  return -1;
}

}  // namespace

namespace {

/// Number of the parameter of a project's function that takes the value of `call` as an owner by
/// value; -1: none does. `callee` becomes the function.
int owner_parameter(Context& context, CXCursor call, Ancestors ancestors, CXCursor& callee) {
  const std::size_t left = above_conversions(ancestors);
  if (left == 0 || clang_getCursorKind(ancestors[left - 1]) != CXCursor_CallExpr) return -1;
  const CXCursor outer = ancestors[left - 1];
  callee = clang_getCursorReferenced(outer);
  if (!clang::is_function_or_template(clang_getCursorKind(callee)) ||
      !context.takes_owner(clang_getCursorType(callee)) ||
      !context.sources.in_project(clang_getCursorLocation(callee))) {
    return -1;
  }
  int index = argument_index(outer, call);
  if (clang_getCursorKind(callee) == CXCursor_CXXMethod && name_of(callee) == "operator()") --index;
  const CXType type = clang_getCursorType(callee);
  if (index < 0 || index >= clang_getNumArgTypes(type) ||
      context.types.counted(clang_getArgType(type, static_cast<unsigned>(index))) == nullptr) {
    return -1;
  }
  return index;
}

}  // namespace

bool hands_on(Context& context, CXCursor call, Ancestors ancestors) {
  CXCursor callee = clang_getNullCursor();
  return owner_parameter(context, call, ancestors, callee) >= 0;
}

/// `call` has a counted pointer as its value.
void see_argument(Context& context, CXCursor call, Ancestors ancestors) {
  CXCursor callee = clang_getNullCursor();
  const int index = owner_parameter(context, call, ancestors, callee);
  if (index < 0) return;
  OwnerArgument fact;
  fact.where = context.range(call);
  fact.function_id = Context::function_id(callee);
  fact.index = static_cast<std::uint32_t>(index);
  fact.caller = context.function_name(ancestors);
  fact.copied = copies(clang_getCursorReferenced(call));
  fact.in_loop = !clang::is_null(loop_around(ancestors));
  context.facts.arguments.push_back(std::move(fact));
}

/// `reference` is of a function type that takes a counted pointer by value.
void see_function_name(Context& context, CXCursor reference, Ancestors ancestors) {
  const CXCursor function = clang_getCursorReferenced(reference);
  if (!clang::is_function_or_template(clang_getCursorKind(function)) ||
      !context.sources.in_project(clang_getCursorLocation(function))) {
    return;
  }
  const std::size_t left = above_conversions(ancestors);
  if (left > 0) {
    const CXCursor parent = ancestors[left - 1];
    const CXCursorKind kind = clang_getCursorKind(parent);
    if (kind == CXCursor_MemberRefExpr) return;
    if (kind == CXCursor_CallExpr &&
        clang_equalCursors(clang_getCursorReferenced(parent), function) != 0) {
      return;
    }
  }
  context.facts.named_functions.push_back(Context::function_id(function));
}

/// `call` is the operator* of a counted pointer.
void see_unwrap(Context& context, CXCursor call, Ancestors ancestors) {
  const CXCursor owner = stripped(clang_Cursor_getArgument(call, 0));
  if (clang_getCursorKind(owner) != CXCursor_DeclRefExpr) return;
  const std::size_t left = above_conversions(ancestors);
  if (left < 2) return;
  const CXCursor copy = ancestors[left - 1];
  const CXCursor constructor = clang_getCursorReferenced(copy);
  if (clang_getCursorKind(copy) != CXCursor_CallExpr ||
      clang_getCursorKind(constructor) != CXCursor_Constructor ||
      clang_CXXConstructor_isCopyConstructor(constructor) == 0) {
    return;
  }
  const std::size_t outer = above_conversions(ancestors.first(left - 1));
  if (outer == 0) return;
  const CXCursorKind kind = clang_getCursorKind(ancestors[outer - 1]);
  if (kind != CXCursor_ReturnStmt && kind != CXCursor_VarDecl) return;
  const Variable* variable = context.variable(owner);
  if (variable == nullptr) return;
  std::size_t lambdas = 0;
  static_cast<void>(function_around(ancestors, &lambdas));
  if (lambdas != variable->lambdas) return;
  OwnerUnwrap fact;
  fact.where = context.range(call);
  fact.function = context.function_name(ancestors);
  fact.name = name_of(owner);
  fact.type = variable->type;
  const CXType type = clang_getCursorType(copy);
  const long long size = clang_Type_getSizeOf(type);
  fact.size = size < 0 ? 0 : static_cast<std::uint64_t>(size);
  fact.trivial = clang_isPODType(type) != 0;
  fact.returned = kind == CXCursor_ReturnStmt;
  const CXCursor loop = loop_around(ancestors);
  fact.in_loop =
      !fact.returned && !clang::is_null(loop) && clang_equalCursors(loop, variable->loop) == 0;
  fact.from_macro = from_macro(call);
  context.unwraps.push_back(std::move(fact));
  context.unwrap_owners.push_back(variable->cursor);
}

}  // namespace snug::ownership
