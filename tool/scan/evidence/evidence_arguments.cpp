// The parts of a call, and what its arguments hand over.
#include <algorithm>

#include "scan/evidence/evidence_body.hpp"

namespace snug::evidence {

Body::CallParts Body::parts_of(NodeId node) const {
  CallParts parts;
  const CXCursor referenced = clang_getCursorReferenced(tree_[node].cursor);
  const CXCursorKind kind = clang_getCursorKind(referenced);
  std::vector<NodeId> expressions;
  for (const NodeId child : tree_.children(node)) {
    if (clang_isExpression(tree_[child].kind) != 0) expressions.push_back(child);
  }
  const bool known = kind == CXCursor_FunctionDecl || kind == CXCursor_CXXMethod ||
                     kind == CXCursor_ConversionFunction || kind == CXCursor_Constructor ||
                     kind == CXCursor_Destructor || kind == CXCursor_FunctionTemplate;
  if (!known) {
    if (!expressions.empty()) {
      parts.called = expressions.front();
      parts.arguments.assign(expressions.begin() + 1, expressions.end());
    }
    return parts;
  }
  parts.callee = &context_.callee(referenced);
  if (parts.callee->constructor) {
    parts.arguments = expressions;
    return parts;
  }
  const auto names_function = [&](NodeId expression) {
    const NodeId plain = strip(expression);
    const CXCursorKind plain_kind = tree_[plain].kind;
    return (plain_kind == CXCursor_DeclRefExpr || plain_kind == CXCursor_MemberRefExpr) &&
           clang_equalCursors(clang_getCursorReferenced(tree_[plain].cursor), referenced) != 0;
  };
  const auto named = std::find_if(expressions.begin(), expressions.end(), names_function);
  if (named == expressions.end()) {
    // An implicit conversion, or something unusual: the first is what it is about.
    if (parts.callee->method && !expressions.empty()) {
      parts.object = expressions.front();
      parts.arguments.assign(expressions.begin() + 1, expressions.end());
    } else {
      parts.arguments = expressions;
    }
    return parts;
  }
  parts.called = *named;
  const NodeId plain = strip(*named);
  expressions.erase(named);
  if (parts.callee->method && tree_[plain].kind == CXCursor_MemberRefExpr) {
    parts.object = last_expression(plain);
    parts.on_this = parts.object == no_node && !parts.callee->is_static;
    if (parts.object != no_node) {
      const NodeId base = strip(parts.object);
      parts.arrow =
          type_of(base).pointer || tree_[base].kind == CXCursor_CXXThisExpr ||
          (tree_[base].kind == CXCursor_CallExpr && spelling(tree_[base].cursor) == "operator->");
      parts.on_this = tree_[base].kind == CXCursor_CXXThisExpr;
    }
  } else if (parts.callee->method && !parts.callee->is_static && !expressions.empty() &&
             (parts.callee->is_operator || parts.callee->conversion)) {
    parts.object = expressions.front();
    expressions.erase(expressions.begin());
  }
  parts.arguments = std::move(expressions);
  return parts;
}

Argument Body::argument(NodeId node, const CXType* parameter) {
  Argument made;
  const TypeFacts& type = type_of(strip(node));
  const TypeFacts* wanted = parameter == nullptr ? nullptr : &context_.type(*parameter);
  if (const std::optional<Callable> callable = callable_of(node)) {
    made.callable = callable->id;
    made.path = callable->object;
    made.by_reference = callable->has_object;
    if (!made.callable.empty()) return made;
  }
  if (type.number && !(wanted != nullptr && wanted->reference && !wanted->is_const)) {
    made.path = value_path(node);
    return made;
  }
  const bool points = type_of(node).pointer || type.pointer || type.smart ||
                      (type.array && (wanted == nullptr || !wanted->reference)) ||
                      (wanted != nullptr && wanted->pointer);
  made.by_reference = points || (wanted != nullptr && wanted->reference);
  made.path = points ? pointee_of(node) : object_of(node);
  return made;
}

void Body::argument_accesses(NodeId node, const CXType* parameter, bool followed) {
  const TypeFacts* wanted = parameter == nullptr ? nullptr : &context_.type(*parameter);
  const NodeId plain = strip(node);
  if (wanted != nullptr && wanted->reference && !wanted->is_const &&
      tree_[plain].kind != CXCursor_CallExpr && tree_[plain].kind != CXCursor_LambdaExpr) {
    // The callee sees the object itself: what it does is its own business.
    return expression(node, followed && type_of(plain).record ? Mode::None : Mode::Address);
  }
  if (followed && tree_[plain].kind == CXCursor_UnaryOperator &&
      clang_getCursorUnaryOperatorKind(tree_[plain].cursor) == CXUnaryOperator_AddrOf &&
      tree_[plain].first != no_node && type_of(strip(tree_[plain].first)).record) {
    return expression(tree_[plain].first, Mode::None);
  }
  if (wanted != nullptr && wanted->reference && followed && type_of(plain).record) {
    return expression(node, Mode::None);
  }
  expression(node, Mode::Read);
}

}  // namespace snug::evidence
