// From which loops around it a loop takes where it starts and ends.
#include <algorithm>

#include "scan/evidence/evidence_body.hpp"

namespace snug::evidence {

/// The variables that a statement assigns, or whose address it takes.
void Body::find_changed(NodeId node, clang::CursorSet& found) const {
  const CXCursorKind kind = tree_[node].kind;
  bool writes = kind == CXCursor_CompoundAssignOperator;
  if (kind == CXCursor_BinaryOperator) {
    writes = clang_getCursorBinaryOperatorKind(tree_[node].cursor) == CXBinaryOperator_Assign;
  } else if (kind == CXCursor_UnaryOperator) {
    const auto op = clang_getCursorUnaryOperatorKind(tree_[node].cursor);
    writes = op == CXUnaryOperator_PostInc || op == CXUnaryOperator_PreInc ||
             op == CXUnaryOperator_PostDec || op == CXUnaryOperator_PreDec ||
             op == CXUnaryOperator_AddrOf;
  }
  if (writes && tree_[node].first != no_node) {
    const NodeId target = strip(tree_[node].first);
    if (target != no_node && tree_[target].kind == CXCursor_DeclRefExpr) {
      found.insert(clang_getCursorReferenced(tree_[target].cursor));
    }
  }
  for (NodeId at = tree_[node].first; at != no_node; at = tree_[at].next) find_changed(at, found);
}

/// The innermost loop around `loop` in which the variable is assigned. Each loop is searched once.
std::int32_t Body::changed_in(CXCursor variable, std::int32_t loop) {
  std::int32_t around = function.loops[static_cast<std::size_t>(loop)].parent;
  while (around >= 0) {
    const auto [changed, added] = changed_.try_emplace(around);
    if (added) find_changed(loop_nodes_[static_cast<std::size_t>(around)], changed->second);
    if (changed->second.contains(variable)) break;
    around = function.loops[static_cast<std::size_t>(around)].parent;
  }
  return around;
}

/// The innermost of the loops around `loop` that a part of its head takes a value from. Those are
/// all open: the one that was opened last is the innermost.
std::int32_t Body::bounds_from(NodeId node, std::int32_t loop) {
  std::int32_t innermost = -1;
  if (tree_[node].kind == CXCursor_DeclRefExpr) {
    const CXCursor variable = clang_getCursorReferenced(tree_[node].cursor);
    const auto known = state_.variables.find(variable);
    if (known == state_.variables.end() || known->second.owner != this) return -1;
    const VariableFacts& facts = known->second;
    if (facts.loop == loop) return -1;  // its own counter
    const std::int32_t made = facts.parameter ? -1 : function.locals[facts.number].loop;
    return std::max({facts.loop, made, changed_in(variable, loop)});
  }
  for (NodeId at = tree_[node].first; at != no_node; at = tree_[at].next) {
    innermost = std::max(innermost, bounds_from(at, loop));
  }
  return innermost;
}

void Body::note_bounds(std::int32_t loop, NodeId init, NodeId condition) {
  Loop& made = function.loops[static_cast<std::size_t>(loop)];
  if (made.parent < 0) return;
  // Without a start of its own it goes on where it has come to.
  if (init == no_node || condition == no_node) {
    made.bounds_from = made.parent;
    return;
  }
  made.bounds_from = std::max(bounds_from(init, loop), bounds_from(condition, loop));
}

}  // namespace snug::evidence
