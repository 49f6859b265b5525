// Where numbers come from: constants, loop variables, the number of a thread.
#include <algorithm>
#include <array>

#include "scan/evidence_body.hpp"

namespace snug::evidence {

namespace {

std::optional<std::int64_t> evaluate(CXCursor cursor) {
  const CXEvalResult result = clang_Cursor_Evaluate(cursor);
  std::optional<std::int64_t> value;
  if (result != nullptr && clang_EvalResult_getKind(result) == CXEval_Int) {
    value = clang_EvalResult_getAsLongLong(result);
  }
  if (result != nullptr) clang_EvalResult_dispose(result);
  return value;
}

}  // namespace

Root Body::variable_value(CXCursor variable) {
  const auto known = state_.variables.find(variable);
  if (known == state_.variables.end()) {
    const CXCursorKind kind = clang_getCursorKind(variable);
    if (kind == CXCursor_VarDecl && context_.is_thread_local(variable)) {
      return {RootKind::ThreadNumber, "", 0};
    }
    if (kind == CXCursor_EnumConstantDecl) {
      return {RootKind::Constant, "",
              static_cast<std::uint64_t>(clang_getEnumConstantDeclValue(variable))};
    }
    if (kind == CXCursor_VarDecl && clang_Cursor_hasVarDeclGlobalStorage(variable) == 1) {
      if (context_.type(clang_getCursorType(variable)).is_const) {
        if (const auto value = evaluate(variable)) {
          return {RootKind::Constant, "", static_cast<std::uint64_t>(*value)};
        }
      }
      return {};
    }
    return {};
  }
  const VariableFacts& facts = known->second;
  if (facts.loop >= 0) {
    return {RootKind::LoopVariable, own_id(facts.owner), static_cast<std::uint64_t>(facts.loop)};
  }
  if (facts.value && !facts.assigned) {
    Root value = *facts.value;
    if (facts.owner != this && value.id.empty() &&
        (value.kind == RootKind::Parameter || value.kind == RootKind::Local ||
         value.kind == RootKind::LoopVariable)) {
      value.id = facts.owner->function.id;
    }
    return value;
  }
  return {facts.parameter ? RootKind::Parameter : RootKind::Local, own_id(facts.owner),
          facts.number};
}

Root Body::value_of(NodeId node, std::uint64_t* stride) {
  node = strip(node);
  if (node == no_node) {
    return {};
  }
  const CXCursor cursor = tree_[node].cursor;
  switch (tree_[node].kind) {
    case CXCursor_IntegerLiteral:
    case CXCursor_CharacterLiteral:
    case CXCursor_CXXBoolLiteralExpr:
      if (const auto value = evaluate(cursor)) {
        return {RootKind::Constant, "", static_cast<std::uint64_t>(*value)};
      }
      return {RootKind::Constant, "", 0};
    case CXCursor_DeclRefExpr:
      return variable_value(clang_getCursorReferenced(cursor));
    case CXCursor_MemberRefExpr: {
      const CXCursor field = clang_getCursorReferenced(cursor);
      const NodeId base = last_expression(node);
      const bool on_this = base == no_node || tree_[strip(base)].kind == CXCursor_CXXThisExpr;
      if (clang_getCursorKind(field) == CXCursor_FieldDecl) {
        if (on_this) return {RootKind::Member, spelling(field), 0};
        // argument->number: as much another one for each thread as the argument is.
        const Path path = type_of(base).pointer ? pointee_of(base) : object_of(base);
        if (path.steps.empty() && path.root.kind == RootKind::Parameter) return path.root;
      }
      return {};
    }
    case CXCursor_CallExpr: {
      const CXCursor callee = clang_getCursorReferenced(cursor);
      if (clang::is_null(callee)) return {};
      if (spelling(callee) == "fetch_add") return {RootKind::ThreadNumber, "", 0};  // a ticket
      if (context_.callee(callee).does(Effect::ThreadNumber))
        return {RootKind::ThreadNumber, "", 0};
      // hash<thread::id>()(get_id()), static_cast<int>(f(x)): what goes in tells.
      for (const NodeId child : tree_.children(node)) {
        if (clang_isExpression(tree_[child].kind) == 0) continue;
        const Root inner = value_of(child);
        if (inner.kind == RootKind::ThreadNumber) return inner;
      }
      return {};
    }
    case CXCursor_BinaryOperator: {
      const NodeId left = tree_[node].first;
      const NodeId right = left == no_node ? no_node : tree_[left].next;
      if (right == no_node) return {};
      const Root a = value_of(left);
      const Root b = value_of(right);
      const auto op = clang_getCursorBinaryOperatorKind(cursor);
      if (a.kind == RootKind::Constant && b.kind == RootKind::Constant) {
        if (const auto value = evaluate(cursor)) {
          return {RootKind::Constant, "", static_cast<std::uint64_t>(*value)};
        }
        return {};
      }
      const bool first = b.kind == RootKind::Constant;
      if (op == CXBinaryOperator_Mul && stride != nullptr) {
        const std::uint64_t factor = first ? b.number : a.number;
        if (first || a.kind == RootKind::Constant) *stride *= std::max<std::uint64_t>(factor, 1);
      }
      if (first) return a;
      if (a.kind == RootKind::Constant) return b;
      // id % count, id & mask
      if (op == CXBinaryOperator_Rem || op == CXBinaryOperator_And) return a;
      return {};
    }
    case CXCursor_UnaryOperator: {
      const auto op = clang_getCursorUnaryOperatorKind(cursor);
      if (op == CXUnaryOperator_PostInc || op == CXUnaryOperator_PreInc ||
          op == CXUnaryOperator_Minus || op == CXUnaryOperator_Plus) {
        return tree_[node].first == no_node ? Root{} : value_of(tree_[node].first);
      }
      if (op == CXUnaryOperator_Deref && tree_[node].first != no_node) {
        const Path path = pointee_of(tree_[node].first);
        if (path.steps.empty() && path.root.kind == RootKind::Parameter) return path.root;
      }
      return {};
    }
    case CXCursor_UnexposedExpr:
      if (const auto value = evaluate(cursor)) {
        return {RootKind::Constant, "", static_cast<std::uint64_t>(*value)};
      }
      return {};
    default:
      return {};
  }
}

Path Body::value_path(NodeId node) {
  return {value_of(node), {}};
}

}  // namespace snug::evidence
