// Where numbers come from: constants, loop variables, the number of a thread.
#include <algorithm>
#include <array>

#include "known/counting.hpp"
#include "scan/evidence/evidence_body.hpp"

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

constexpr std::uint64_t large_scale = 8;            ///< A line of numbers of 8 bytes.
constexpr std::uint64_t largest_scale = 1U << 16U;  ///< With more it is a hash.

/// What may be another number for each thread.
bool tells_apart(const Root& root) {
  // The loop of another function: the one around the place that starts threads.
  if (root.kind == RootKind::LoopVariable) return !root.id.empty();
  return root.kind == RootKind::Parameter || root.kind == RootKind::Local ||
         root.kind == RootKind::Member || root.kind == RootKind::ThreadNumber ||
         root.kind == RootKind::Ticket || root.kind == RootKind::Result;
}

}  // namespace

Root Body::variable_value(CXCursor variable, std::uint64_t* stride) {
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
    // What is handed on loses its factor: a large one says that a line is left to each.
    if (stride != nullptr) {
      *stride *= facts.scale;
    } else if (facts.scale >= large_scale) {
      return {};
    }
    if (facts.owner != this && value.id.empty() &&
        (value.kind == RootKind::Parameter || value.kind == RootKind::Local ||
         value.kind == RootKind::LoopVariable || value.kind == RootKind::Ticket)) {
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
      return variable_value(clang_getCursorReferenced(cursor), stride);
    case CXCursor_MemberRefExpr:
      return member_value(node);
    case CXCursor_CallExpr:
      return call_value(node);
    case CXCursor_BinaryOperator:
      return binary_value(node, stride);
    case CXCursor_UnaryOperator: {
      const auto op = clang_getCursorUnaryOperatorKind(cursor);
      if (op == CXUnaryOperator_PostInc || op == CXUnaryOperator_PreInc ||
          op == CXUnaryOperator_Minus || op == CXUnaryOperator_Plus) {
        if (tree_[node].first == no_node) return {};
        const Root value = value_of(tree_[node].first);
        const bool steps = op == CXUnaryOperator_PostInc || op == CXUnaryOperator_PreInc;
        return steps && (value.kind == RootKind::Unknown || value.kind == RootKind::Member)
                   ? ticket()
               : steps && value.kind == RootKind::ThreadNumber ? Root{}
                                                               : value;
      }
      if (op == CXUnaryOperator_Deref && tree_[node].first != no_node) {
        const Path path = pointee_of(tree_[node].first);
        if (path.steps.empty() && path.root.kind == RootKind::Parameter) return path.root;
      }
      return {};
    }
    case CXCursor_UnexposedExpr:
      if (is_counting(builtin_name(node))) return ticket();
      if (const auto value = evaluate(cursor)) {
        return {RootKind::Constant, "", static_cast<std::uint64_t>(*value)};
      }
      return {};
    default:
      return {};
  }
}

/// A number that is drawn here; of those that are drawn in a loop one thread has several.
Root Body::ticket() const {
  return {RootKind::Ticket, "", static_cast<std::uint64_t>(loop_ + 1)};
}

Root Body::member_value(NodeId node) {
  const CXCursor field = clang_getCursorReferenced(tree_[node].cursor);
  const NodeId base = last_expression(node);
  if (clang_getCursorKind(field) == CXCursor_VarDecl) return variable_value(field);
  if (clang_getCursorKind(field) != CXCursor_FieldDecl) return {};
  const NodeId plain = base == no_node ? no_node : strip(base);
  if (plain == no_node || tree_[plain].kind == CXCursor_CXXThisExpr) {
    return {RootKind::Member, spelling(field), 0};
  }
  if (tree_[plain].kind == CXCursor_DeclRefExpr) {
    const CXCursor variable = clang_getCursorReferenced(tree_[plain].cursor);
    const bool own =
        clang_getCursorKind(variable) == CXCursor_VarDecl && context_.is_thread_local(variable);
    if (own) return {RootKind::ThreadNumber, "", 0};
  }
  // argument->number: as much another one for each thread as the argument is.
  const Path path = type_of(base).pointer ? pointee_of(base) : object_of(base);
  const bool whole = path.steps.empty();
  if (whole && path.root.kind == RootKind::Parameter) return path.root;
  if (whole && path.root.kind == RootKind::Result) return path.root;
  return {};
}

Root Body::call_value(NodeId node) {
  const CXCursor referenced = clang_getCursorReferenced(tree_[node].cursor);
  if (clang::is_null(referenced)) return {};
  const CalleeFacts& callee = context_.callee(referenced);
  if (callee.does(Effect::ThreadNumber)) return {RootKind::ThreadNumber, "", 0};
  if (!callee.project && is_counting(callee.name)) return ticket();
  if (callee.project && !callee.id.empty()) {
    return {RootKind::Result, callee.id, function.calls.size()};
  }
  // hash<thread::id>()(get_id()), static_cast<int>(f(x)): what goes in tells.
  for (const NodeId child : tree_.children(node)) {
    if (clang_isExpression(tree_[child].kind) == 0) continue;
    const Root inner = value_of(child);
    if (inner.kind == RootKind::ThreadNumber) return inner;
  }
  return {};
}

Root Body::binary_value(NodeId node, std::uint64_t* stride) {
  const CXCursor cursor = tree_[node].cursor;
  const NodeId left = tree_[node].first;
  const NodeId right = left == no_node ? no_node : tree_[left].next;
  if (right == no_node) return {};
  std::uint64_t a_scale = 1;
  std::uint64_t b_scale = 1;
  const Root a = value_of(left, &a_scale);
  const Root b = value_of(right, &b_scale);
  const auto op = clang_getCursorBinaryOperatorKind(cursor);
  if (a.kind == RootKind::Constant && b.kind == RootKind::Constant) {
    if (const auto value = evaluate(cursor)) {
      return {RootKind::Constant, "", static_cast<std::uint64_t>(*value)};
    }
    return {};
  }
  const auto scaled = [&](const Root& root, std::uint64_t scale) {
    if (scale > largest_scale) return Root{};  // a hash
    if (stride != nullptr) *stride *= std::max<std::uint64_t>(scale, 1);
    return stride == nullptr && scale >= large_scale ? Root{} : root;
  };
  if (b.kind == RootKind::Constant) {
    const bool within = op == CXBinaryOperator_Rem || op == CXBinaryOperator_And;
    if (op == CXBinaryOperator_Mul) a_scale *= b.number;
    if (op == CXBinaryOperator_Shl && b.number < 32) a_scale <<= b.number;
    if (op == CXBinaryOperator_Shr || (within && a_scale > 1)) return {};
    return scaled(a, a_scale);
  }
  if (a.kind == RootKind::Constant) {
    if (op == CXBinaryOperator_Mul) b_scale *= a.number;
    return scaled(b, b_scale);
  }
  // id % count, id & mask
  if (op == CXBinaryOperator_Rem || op == CXBinaryOperator_And) return scaled(a, a_scale);
  if (op != CXBinaryOperator_Add && op != CXBinaryOperator_Sub) return {};
  // id * K + x: x lies within what the thread has; base + id, where only the thread's own number
  // can tell the threads apart.
  const auto own = [](const Root& root, std::uint64_t scale) {
    return tells_apart(root) && (scale > 1 || root.kind == RootKind::ThreadNumber);
  };
  const auto fixed = [&](const Root& other, std::uint64_t scale) {
    return scale > 1 || other.kind == RootKind::Parameter || other.kind == RootKind::Member;
  };
  const bool a_own = own(a, a_scale) && fixed(b, a_scale);
  const bool b_own = own(b, b_scale) && fixed(a, b_scale);
  if (a_own == b_own) return {};
  return a_own ? scaled(a, a_scale) : scaled(b, b_scale);
}

Path Body::value_path(NodeId node) {
  return {value_of(node), {}};
}

}  // namespace snug::evidence
