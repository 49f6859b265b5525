// Whether anybody can see the value of a size. Most sizes only say how much memory to ask for or to
// touch, and another size of the record does the same for the smaller record. A size that is
// printed, compared with a number of another origin, kept as a constant or returned is seen: the
// program does something else when the record shrinks. The value is followed:
//   1. out of its expression, to whoever takes it (flow_of);
//   2. through local variables, to all their mentions;
//   3. into functions whose body is known and that hand out no memory, through the parameter.
#include "scan/uses/uses_size_values.hpp"
#include "scan/uses/uses_extents.hpp"
#include "scan/uses/uses_flow.hpp"

namespace snug::uses {

namespace {

bool is_local(CXCursor variable) {
  const CXCursorKind parent = clang_getCursorKind(clang_getCursorSemanticParent(variable));
  const bool in_code = parent == CXCursor_FunctionDecl || parent == CXCursor_CXXMethod ||
                       parent == CXCursor_Constructor || parent == CXCursor_Destructor ||
                       parent == CXCursor_ConversionFunction ||
                       parent == CXCursor_FunctionTemplate || parent == CXCursor_LambdaExpr;
  return in_code && clang_Cursor_getStorageClass(variable) != CX_SC_Static;
}

/// `printf("%zu", n)`, `out << n`: the value becomes text.
bool is_printed(CXCursor call, CXCursor argument, const std::string& name) {
  if (name == "operator<<" || name == "to_string" || name == "format" || name == "print" ||
      name == "println") {
    return true;
  }
  const CXCursor function = clang_getCursorReferenced(call);
  const CXType type = clang_getCursorType(function);
  if (clang_isFunctionTypeVariadic(type) == 0) return false;
  const auto index = argument_index(call, argument);
  return index && static_cast<int>(*index) >= clang_getNumArgTypes(type);
}

bool hands_out_memory(CXCursor function) {
  const CXType result = clang_getCanonicalType(clang_getCursorResultType(function));
  return result.kind == CXType_Pointer;
}

/// Follows a value to all its ends. Each variable and parameter is looked at once, so that code
/// which hands a value round and round costs no more than its length for each of them.
class ValueFlow {
 public:
  explicit ValueFlow(const Context& context) : context_(context) {}

  /// `function` is the code around the place.
  bool is_seen(const Flow& flow, CXCursor function);

 private:
  /// True if some mention of the variable in the code lets its value be seen.
  bool is_seen_in(CXCursor code, CXCursor variable) {
    if (clang::is_null(code) || !followed_.insert(clang_getCanonicalCursor(variable)).second) {
      return false;
    }
    bool seen = false;
    each_mention(code, variable, [&](CXCursor mention, Ancestors above) {
      if (seen) return;
      const Flow flow = flow_of(mention, above);
      seen = !flow.allocation && is_seen(flow, code);
    });
    return seen;
  }

  bool is_seen_by_callee(const Flow& flow) {
    const CXCursor function = clang_getCursorReferenced(flow.stop);
    const CXCursor body = clang::is_null(function) ? function : clang_getCursorDefinition(function);
    const auto index = argument_index(flow.stop, flow.taken);
    if (clang::is_null(body) || !index || hands_out_memory(body) ||
        static_cast<int>(*index) >= clang_Cursor_getNumArguments(body) ||
        !context_.sources().in_project(clang_getCursorLocation(body))) {
      return false;
    }
    return is_seen_in(body, clang_Cursor_getArgument(body, static_cast<unsigned>(*index)));
  }

  const Context& context_;
  clang::CursorSet followed_;
};

bool ValueFlow::is_seen(const Flow& flow, CXCursor function) {
  if (clang_getCursorKind(flow.stop) == CXCursor_CallExpr) {
    const std::string name = callee_name(flow.stop);
    if (is_printed(flow.stop, flow.taken, name) || flow.tested) return true;
    if (!flow.to_call || call_kind(name) != CallKind::Unknown) return false;  // judged by itself
    return flow.reshaped || is_seen_by_callee(flow);
  }
  if (flow.tested || flow.reshaped) return true;
  switch (clang_getCursorKind(flow.stop)) {
    case CXCursor_VarDecl:
      if (flow.in_list) return false;  // a field of a table that describes types
      return !is_local(flow.stop) || is_seen_in(function, flow.stop);
    case CXCursor_BinaryOperator: {  // an assignment
      const std::vector<CXCursor> sides = children_of(flow.stop);
      if (sides.size() != 2 || same_node(sides[0], flow.taken)) return false;
      const CXCursor target = clang_getCursorReferenced(strip_implicit(sides[0]));
      return !clang::is_null(target) && clang_getCursorKind(target) == CXCursor_VarDecl &&
             is_local(target) && is_seen_in(function, target);
    }
    case CXCursor_CompoundAssignOperator: {
      const std::vector<CXCursor> sides = children_of(flow.stop);
      return sides.size() == 2 && !same_node(sides[0], flow.taken);
    }
    case CXCursor_FieldDecl:
    case CXCursor_ParmDecl:
      return !flow.in_list;
    case CXCursor_Constructor:  // an initialiser of a member
    case CXCursor_ReturnStmt:
    case CXCursor_SwitchStmt:
    case CXCursor_DeclRefExpr:  // the argument of a template
    case CXCursor_MemberRefExpr:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool size_is_seen(const Context& context, const Flow& flow, Ancestors ancestors) {
  return ValueFlow(context).is_seen(flow, function_around(ancestors));
}

}  // namespace snug::uses
