// Loops: what they run over, how often, and which variables change in them.
#include <algorithm>

#include "scan/evidence/evidence_body.hpp"

namespace snug::evidence {

std::int32_t Body::open_loop(NodeId node, LoopKind kind) {
  Loop loop;
  loop.kind = kind;
  loop.parent = loop_;
  loop.recurs = recurs_;
  loop.where = context_.spot(tree_[node].cursor);
  loop.end = context_.end_offset(tree_[node].cursor);
  function.loops.push_back(std::move(loop));
  loop_nodes_.push_back(node);
  loop_ = static_cast<std::int32_t>(function.loops.size()) - 1;
  recurs_ = {loop_, Often::EachTime};
  return loop_;
}

/// Variables that change from one iteration to the next. In the body of a loop only those count
/// that its condition asks about, which are given in `found` with the loop not set.
void Body::find_loop_variables(NodeId node, std::int32_t loop, bool body,
                               std::vector<CXCursor>& found) {
  const auto note = [&](NodeId target, bool linked) {
    const NodeId plain = strip(target);
    if (tree_[plain].kind != CXCursor_DeclRefExpr) return;
    const CXCursor variable = clang_getCursorReferenced(tree_[plain].cursor);
    const auto known = state_.variables.find(variable);
    if (known == state_.variables.end() || known->second.owner != this) return;
    const TypeFacts& facts = context_.type(clang_getCursorType(variable));
    if (!facts.number && !facts.pointer && !facts.smart) return;
    if (body && facts.number) {
      // A number counts if the condition asks about it.
      if (std::none_of(found.begin(), found.end(), [&](const CXCursor& asked) {
            return clang_equalCursors(asked, variable) != 0;
          })) {
        return;
      }
    }
    known->second.loop = loop;
    known->second.linked = linked;
    if (!known->second.parameter) {
      function.locals[known->second.number].loop_variable = loop;
    }
    found.push_back(variable);
  };
  const CXCursorKind kind = tree_[node].kind;
  if (kind == CXCursor_LambdaExpr) {
    return;
  }
  if (kind == CXCursor_UnaryOperator) {
    const auto op = clang_getCursorUnaryOperatorKind(tree_[node].cursor);
    if (op == CXUnaryOperator_PostInc || op == CXUnaryOperator_PreInc ||
        op == CXUnaryOperator_PostDec || op == CXUnaryOperator_PreDec) {
      note(tree_[node].first, false);
    }
  } else if (kind == CXCursor_CompoundAssignOperator) {
    note(tree_[node].first, false);
  } else if (kind == CXCursor_BinaryOperator && tree_[node].first != no_node &&
             clang_getCursorBinaryOperatorKind(tree_[node].cursor) == CXBinaryOperator_Assign) {
    const NodeId right = strip(tree_[tree_[node].first].next);
    if (right != no_node && type_of(node).pointer && tree_[right].kind == CXCursor_MemberRefExpr) {
      note(tree_[node].first, true);
    } else if (right != no_node && !body) {
      note(tree_[node].first, false);
    }
  } else if (kind == CXCursor_CallExpr) {
    const std::string name = spelling(tree_[node].cursor);
    if (name == "operator++" || name == "operator--" || name == "operator+=") {
      for (const NodeId child : tree_.children(node)) note(child, false);
    }
  }
  for (const NodeId child : tree_.children(node)) {
    find_loop_variables(child, loop, body, found);
  }
}

void Body::close_loop(const std::vector<CXCursor>& variables) {
  for (const CXCursor variable : variables) {
    const auto known = state_.variables.find(variable);
    if (known != state_.variables.end() && known->second.loop == loop_) {
      known->second.loop = -1;
      known->second.linked = false;
    }
  }
  leave_loop();
}

void Body::leave_loop() {
  const Loop& left = function.loops[static_cast<std::size_t>(loop_)];
  loop_ = left.parent;
  recurs_ = left.recurs;
}

std::optional<std::int64_t> Body::constant_of(NodeId node) const {
  if (node == no_node) return std::nullopt;
  const CXEvalResult result = clang_Cursor_Evaluate(tree_[node].cursor);
  std::optional<std::int64_t> value;
  if (result != nullptr && clang_EvalResult_getKind(result) == CXEval_Int) {
    value = clang_EvalResult_getAsLongLong(result);
  }
  if (result != nullptr) clang_EvalResult_dispose(result);
  return value;
}

std::uint64_t Body::trip_count(NodeId init, NodeId condition) const {
  if (init == no_node || condition == no_node || tree_[condition].kind != CXCursor_BinaryOperator) {
    return 0;
  }
  NodeId variable = init;
  if (tree_[init].kind == CXCursor_DeclStmt) variable = tree_[init].first;
  if (variable == no_node || tree_[variable].kind != CXCursor_VarDecl) return 0;
  const auto from = constant_of(tree_[variable].last);
  const auto to = constant_of(tree_[condition].last);
  const auto op = clang_getCursorBinaryOperatorKind(tree_[condition].cursor);
  if (!from || !to || *to < *from) return 0;
  const auto distance = static_cast<std::uint64_t>(*to - *from);
  if (op == CXBinaryOperator_LT || op == CXBinaryOperator_NE) return distance;
  return op == CXBinaryOperator_LE ? distance + 1 : 0;
}

void Body::for_loop(NodeId node) {
  const std::vector<NodeId> parts = tree_.children(node);
  if (parts.empty()) {
    return;
  }
  const NodeId body = parts.back();
  // The parts in front of the body come without their roles; what declares or assigns comes first.
  NodeId init = no_node;
  NodeId condition = no_node;
  std::vector<NodeId> header(parts.begin(), parts.end() - 1);
  if (!header.empty() && (tree_[header.front()].kind == CXCursor_DeclStmt ||
                          (tree_[header.front()].kind == CXCursor_BinaryOperator &&
                           clang_getCursorBinaryOperatorKind(tree_[header.front()].cursor) ==
                               CXBinaryOperator_Assign))) {
    init = header.front();
    header.erase(header.begin());
    statement(init);
  }
  for (const NodeId part : header) {
    if (condition == no_node && tree_[strip(part)].kind == CXCursor_BinaryOperator) {
      condition = strip(part);
    }
  }
  const std::int32_t loop = open_loop(node, LoopKind::For);
  function.loops.back().trip_count = trip_count(init, condition);
  std::vector<CXCursor> variables;
  for (const NodeId part : header) find_loop_variables(part, loop, false, variables);
  for (const CXCursor variable : variables) {
    const VariableFacts& known = state_.variables[variable];
    Loop& made = function.loops[static_cast<std::size_t>(loop)];
    made.linked = made.linked || known.linked;
    const TypeFacts& facts = context_.type(clang_getCursorType(variable));
    if (known.aliased && (facts.pointer || facts.smart)) {
      made.range = known.alias;
      made.record_id = facts.record_id;
    }
  }
  note_bounds(loop, init, header.empty() ? no_node : header.front());
  for (const NodeId part : header) expression(part, Mode::None);
  statements({body});
  loop_ = loop;
  close_loop(variables);
}

void Body::while_loop(NodeId node) {
  const std::vector<NodeId> parts = tree_.children(node);
  if (parts.empty()) {
    return;
  }
  const bool is_do = tree_[node].kind == CXCursor_DoStmt;
  const auto is_false = [&](NodeId condition) {
    const CXCursorKind kind = tree_[strip(condition)].kind;
    if (kind != CXCursor_IntegerLiteral && kind != CXCursor_CXXBoolLiteralExpr) return false;
    return constant_of(condition) == 0;
  };
  const NodeId body = is_do ? parts.front() : parts.back();
  const std::int32_t loop = open_loop(node, is_do ? LoopKind::Do : LoopKind::While);
  std::vector<CXCursor> variables;
  for (const NodeId part : parts) {
    if (part != body && is_expression(tree_[part].kind)) {
      if (is_do && is_false(part)) function.loops.back().trip_count = 1;
      find_loop_variables(part, loop, false, variables);
      // What the condition asks about, to be found again in the body.
      const auto collect = [&](const auto& self, NodeId at) -> void {
        if (tree_[at].kind == CXCursor_DeclRefExpr) {
          variables.push_back(clang_getCursorReferenced(tree_[at].cursor));
        }
        for (const NodeId child : tree_.children(at)) self(self, child);
      };
      collect(collect, part);
    }
  }
  find_loop_variables(body, loop, true, variables);
  for (const NodeId part : parts) {
    if (part == body) {
      statements({part});
    } else if (is_expression(tree_[part].kind)) {
      expression(part, Mode::Read);
    } else {
      declaration(part);
    }
  }
  loop_ = loop;
  for (const CXCursor variable : variables) {
    const auto known = state_.variables.find(variable);
    if (known != state_.variables.end() && known->second.linked && known->second.loop == loop) {
      function.loops[static_cast<std::size_t>(loop)].linked = true;
    }
  }
  close_loop(variables);
}

void Body::range_loop(NodeId node) {
  const std::vector<NodeId> parts = tree_.children(node);
  if (parts.size() < 2) {
    return;
  }
  const NodeId body = parts.back();
  NodeId variable = no_node;
  NodeId range = no_node;
  for (const NodeId part : parts) {
    const CXCursorKind kind = tree_[part].kind;
    if (kind == CXCursor_VarDecl || kind == CXCursor_UnexposedDecl) {
      variable = part;
    } else if (kind == CXCursor_DeclStmt && variable == no_node) {
      const NodeId inner = tree_[part].first;
      const bool last = parts.size() > 2 && part == parts[parts.size() - 2];
      if (inner != no_node && last) variable = inner;
      if (!last) statement(part);
    } else if (part != body && is_expression(kind)) {
      range = part;
    }
  }
  Path path;
  bool node_container = false;
  const TypeFacts* elements = nullptr;
  if (range != no_node) {
    path = object_of(range);
    elements = &type_of(range);
    node_container = elements->container && elements->roles.has(TypeRole::NodeLike);
    expression(range, Mode::Read);
  }
  const std::int32_t loop = open_loop(node, LoopKind::RangeFor);
  Loop& made = function.loops.back();
  made.range = path;
  made.linked = node_container;
  if (elements != nullptr && elements->array) {
    made.trip_count = elements->elements;
  }
  std::vector<CXCursor> variables;
  if (variable != no_node && tree_[variable].kind == CXCursor_VarDecl) {
    const CXCursor cursor = tree_[variable].cursor;
    const CXType type = clang_getCursorType(cursor);
    const TypeFacts& facts = context_.type(type);
    function.loops.back().record_id = facts.record_id;
    VariableFacts known;
    known.owner = this;
    known.number = function.locals.size();
    Local local;
    local.name = spelling(cursor);
    local.type = context_.names().type(type);
    local.record_id = facts.record_id;
    local.size = facts.reference ? 0 : facts.size;
    local.align = facts.align;
    local.loop = loop;
    local.loop_variable = loop;
    local.where = context_.spot(cursor);
    function.locals.push_back(std::move(local));
    Path element = path;
    const StepKind kind =
        elements != nullptr && elements->array ? StepKind::Element : StepKind::Item;
    const Root index{RootKind::LoopVariable, "", static_cast<std::uint64_t>(loop)};
    const std::uint64_t element_size =
        facts.reference || elements == nullptr || elements->element.kind == CXType_Invalid
            ? facts.size
            : context_.type(elements->element).size;
    if (element.root.kind != RootKind::Unknown) {
      element.steps.push_back({kind, facts.record_id, "", index, 1, element_size});
    }
    const bool refers = facts.refers();
    if (refers && element.root.kind != RootKind::Unknown) {
      known.alias = element;
      if ((facts.pointer || facts.smart)) {
        known.alias.steps.push_back({StepKind::Pointed, "", "", {}, 1, 0});
      }
      known.aliased = true;
    }
    if (facts.number && !facts.reference) {
      known.loop = loop;
    }
    state_.variables[cursor] = known;
    if (!facts.reference) {
      access(element, Mode::Read, variable);
    }
  }
  statements({body});
  loop_ = loop;
  close_loop(variables);
}

}  // namespace snug::evidence
