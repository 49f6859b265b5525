// Statements, local variables and loops.
#include "scan/evidence_body.hpp"

#include <algorithm>

namespace snug::evidence {

namespace {

bool is_expression(CXCursorKind kind) {
  return clang_isExpression(kind) != 0;
}

}  // namespace

Body::Body(BodyState& state, Body* outer)
    : state_(state), context_(state.context), tree_(state.tree), outer_(outer) {}

void Body::read_function(NodeId node) {
  const CXCursor cursor = tree_[node].cursor;
  const CalleeFacts& facts = context_.callee(cursor);
  function.id = context_.function_id(cursor);
  function.name = context_.names().qualified(cursor);
  function.where = context_.sources().name(cursor);
  const CXCursorKind kind = tree_[node].kind;
  function.kind = kind == CXCursor_Constructor  ? FunctionKind::Constructor
                  : kind == CXCursor_Destructor ? FunctionKind::Destructor
                                                : FunctionKind::Plain;
  const CXCursor owner = clang_getCursorSemanticParent(cursor);
  const CXCursorKind owner_kind = clang_getCursorKind(owner);
  if (owner_kind == CXCursor_StructDecl || owner_kind == CXCursor_ClassDecl ||
      owner_kind == CXCursor_UnionDecl) {
    function.record_id = context_.names().id(owner);
  }
  function.is_virtual = facts.is_virtual || clang_CXXMethod_isVirtual(cursor) != 0;
  function.is_const = facts.is_const;
  function.is_static = facts.is_static;
  function.instantiation = !clang::is_null(clang_getSpecializedCursorTemplate(cursor));
  function.internal_linkage = clang_getCursorLinkage(cursor) != CXLinkage_External;
  if (function.is_virtual) {
    CXCursor* overridden = nullptr;
    unsigned count = 0;
    clang_getOverriddenCursors(cursor, &overridden, &count);
    for (unsigned i = 0; i < count; ++i) {
      function.overrides.push_back(context_.function_id(overridden[i]));
    }
    clang_disposeOverriddenCursors(overridden);
    std::sort(function.overrides.begin(), function.overrides.end());
  }
  const TypeFacts& result = context_.type(clang_getCursorResultType(cursor));
  returns_object_ = result.refers();
  scope_end_ = context_.end_offset(cursor);
  read_parameters(node);
  if (kind == CXCursor_Constructor) {
    read_constructor_initializers(node);
  }
  for (const NodeId child : tree_.children(node)) {
    if (tree_[child].kind == CXCursor_CompoundStmt || tree_[child].kind == CXCursor_CXXTryStmt) {
      statement(child);
    }
  }
  finish();
}

void Body::read_initializer(NodeId node) {
  const CXCursor cursor = tree_[node].cursor;
  function.outer = context_.variable(cursor);
  function.id = function.outer + "@init";
  function.name = context_.names().qualified(cursor);
  function.where = context_.sources().name(cursor);
  function.kind = FunctionKind::Initializer;
  scope_end_ = context_.end_offset(cursor);
  for (const NodeId child : tree_.children(node)) {
    if (is_expression(tree_[child].kind)) {
      expression(child, Mode::Read);
    }
  }
  if (!function.calls.empty() || !function.accesses.empty() || !function.starts.empty() ||
      !function.constructions.empty()) {
    finish();
  }
}

void Body::finish() {
  for (const Held& held : held_) {
    LockHold& hold = function.locks[held.hold];
    hold.end = hold.end == 0 ? scope_end_ : hold.end;
  }
  held_.clear();
  // Of equal accesses in one loop the first is enough, unless locks make them differ.
  if (function.locks.empty()) {
    std::stable_sort(function.accesses.begin(), function.accesses.end(),
                     [](const FieldAccess& a, const FieldAccess& b) {
                       return std::tie(a.path, a.kind, a.loop, a.order) <
                              std::tie(b.path, b.kind, b.loop, b.order);
                     });
    function.accesses.erase(std::unique(function.accesses.begin(), function.accesses.end(),
                                        [](const FieldAccess& a, const FieldAccess& b) {
                                          return std::tie(a.path, a.kind, a.loop, a.order) ==
                                                 std::tie(b.path, b.kind, b.loop, b.order);
                                        }),
                            function.accesses.end());
    std::stable_sort(function.accesses.begin(), function.accesses.end(),
                     [](const FieldAccess& a, const FieldAccess& b) { return a.where < b.where; });
  }
  context_.functions.try_emplace(function.id, function);
}

void Body::read_parameters(NodeId node) {
  for (const NodeId child : tree_.children(node)) {
    if (tree_[child].kind != CXCursor_ParmDecl) {
      continue;
    }
    const CXCursor cursor = tree_[child].cursor;
    const TypeFacts& facts = context_.type(clang_getCursorType(cursor));
    VariableFacts variable;
    variable.owner = this;
    variable.number = function.parameters.size();
    variable.parameter = true;
    state_.variables[cursor] = std::move(variable);
    function.parameters.push_back({spelling(cursor),
                                   context_.names().type(clang_getCursorType(cursor)),
                                   facts.record_id, facts.refers()});
  }
}

void Body::read_constructor_initializers(NodeId node) {
  NodeId member = no_node;
  for (const NodeId child : tree_.children(node)) {
    const CXCursorKind kind = tree_[child].kind;
    if (kind == CXCursor_MemberRef) {
      member = child;
    } else if (is_expression(kind)) {
      if (member != no_node) {
        const CXCursor field = clang_getCursorReferenced(tree_[member].cursor);
        if (clang_getCursorKind(field) == CXCursor_FieldDecl) {
          const FieldFacts& facts = context_.field(field);
          Path path{{RootKind::This, "", 0}, {}};
          path.steps.push_back({StepKind::Field, facts.record_id, facts.name, {}, 1, 0});
          const NodeId before = current_handle_;
          current_handle_ = member;
          expression(child, Mode::Read);
          current_handle_ = before;
          Path value;
          if (facts.type->pointer || facts.type->smart) value = pointee_of(child);
          if (facts.reference) value = object_of(child);
          access(std::move(path), Mode::Write, member);
          if (facts.project) function.accesses.back().value = std::move(value);
          member = no_node;
          continue;
        }
      }
      expression(child, Mode::Read);
      member = no_node;
    }
  }
}

void Body::statement(NodeId node) {
  if (context_.openmp() && openmp_statement(node)) {
    return;
  }
  const CXCursorKind kind = tree_[node].kind;
  switch (kind) {
    case CXCursor_CompoundStmt:
      return compound(node);
    case CXCursor_DeclStmt:
      for (const NodeId child : tree_.children(node)) declaration(child);
      return;
    case CXCursor_ForStmt:
      return for_loop(node);
    case CXCursor_CXXForRangeStmt:
      return range_loop(node);
    case CXCursor_WhileStmt:
    case CXCursor_DoStmt:
      return while_loop(node);
    case CXCursor_IfStmt:
    case CXCursor_SwitchStmt:
      return if_statement(node);
    case CXCursor_ReturnStmt:
      return return_statement(node);
    case CXCursor_VarDecl:
      return declaration(node);
    default:
      break;
  }
  if (is_expression(kind)) {
    expression(node, Mode::None);
    return;
  }
  for (const NodeId child : tree_.children(node)) {
    statement(child);
  }
}

void Body::compound(NodeId node) {
  const std::uint32_t outer_end = scope_end_;
  const std::size_t held = held_.size();
  scope_end_ = context_.end_offset(tree_[node].cursor);
  for (const NodeId child : tree_.children(node)) {
    statement(child);
  }
  for (std::size_t i = held_.size(); i > held; --i) {
    const Held& last = held_[i - 1];
    if (last.scoped) {
      LockHold& hold = function.locks[last.hold];
      hold.end = hold.end == 0 ? scope_end_ : hold.end;
      held_.erase(held_.begin() + static_cast<std::ptrdiff_t>(i) - 1);
    }
  }
  scope_end_ = outer_end;
}

void Body::if_statement(NodeId node) {
  const std::uint32_t outer_end = scope_end_;
  scope_end_ = context_.end_offset(tree_[node].cursor);
  const std::size_t held = held_.size();
  for (const NodeId child : tree_.children(node)) {
    if (is_expression(tree_[child].kind)) {
      expression(child, Mode::Read);
    } else {
      statement(child);
    }
  }
  for (std::size_t i = held_.size(); i > held; --i) {
    if (held_[i - 1].scoped) {
      LockHold& hold = function.locks[held_[i - 1].hold];
      hold.end = hold.end == 0 ? scope_end_ : hold.end;
      held_.erase(held_.begin() + static_cast<std::ptrdiff_t>(i) - 1);
    }
  }
  scope_end_ = outer_end;
}

void Body::return_statement(NodeId node) {
  for (const NodeId child : tree_.children(node)) {
    if (!is_expression(tree_[child].kind)) {
      continue;
    }
    if (returns_object_) {
      const TypeFacts& facts = type_of(child);
      Path path = facts.pointer || facts.smart ? pointee_of(child) : object_of(child);
      if (path.root.kind != RootKind::Unknown &&
          std::find(function.returns.begin(), function.returns.end(), path) ==
              function.returns.end()) {
        function.returns.push_back(std::move(path));
      }
      expression(child, facts.pointer || facts.smart ? Mode::Read : Mode::None);
    } else {
      expression(child, Mode::Read);
    }
  }
}

void Body::declaration(NodeId node) {
  switch (tree_[node].kind) {
    case CXCursor_VarDecl:
      return local_variable(node);
    case CXCursor_UnexposedDecl:
      return binding(node);
    case CXCursor_StructDecl:
    case CXCursor_ClassDecl:
    case CXCursor_UnionDecl:
      for (const NodeId child : tree_.children(node)) {
        const CXCursorKind kind = tree_[child].kind;
        if ((kind == CXCursor_CXXMethod || kind == CXCursor_Constructor ||
             kind == CXCursor_Destructor || kind == CXCursor_ConversionFunction) &&
            clang_isCursorDefinition(tree_[child].cursor) != 0) {
          Body inner(state_, nullptr);
          inner.read_function(child);
        } else if (kind == CXCursor_StructDecl || kind == CXCursor_ClassDecl) {
          declaration(child);
        }
      }
      return;
    default:
      return;
  }
}

void Body::binding(NodeId node) {
  // auto& [a, b] = object: what the names stand for is not told; the object is read.
  for (const NodeId child : tree_.children(node)) {
    if (is_expression(tree_[child].kind)) {
      expression(child, Mode::Read);
    }
  }
}

void Body::local_variable(NodeId node) {
  const CXCursor cursor = tree_[node].cursor;
  const CXType type = clang_getCursorType(cursor);
  const TypeFacts& facts = context_.type(type);
  NodeId init = no_node;
  for (const NodeId child : tree_.children(node)) {
    if (is_expression(tree_[child].kind)) {
      init = child;
    }
  }
  // The bound of an array is an expression, too.
  if (init != no_node && facts.array && !facts.record) {
    const CXCursorKind kind = tree_[strip(init)].kind;
    const bool list = kind == CXCursor_InitListExpr || kind == CXCursor_CallExpr ||
                      kind == CXCursor_StringLiteral;
    init = list ? init : no_node;
  }
  if (clang_Cursor_hasVarDeclGlobalStorage(cursor) == 1) {
    (void)context_.variable(cursor);
    context_.hold(
        type, cursor,
        context_.is_thread_local(cursor) ? HoldingPlace::ThreadLocal : HoldingPlace::Global,
        context_.variable(cursor));
    if (init != no_node) {
      expression(init, Mode::Read);
    }
    return;
  }
  VariableFacts variable;
  variable.owner = this;
  variable.number = function.locals.size();
  Local local;
  local.name = spelling(cursor);
  local.type = context_.names().type(type);
  local.record_id = facts.record_id;
  local.array_elements = facts.elements;
  local.size = facts.reference ? 0 : facts.size;
  local.align = facts.align;
  local.loop = loop_;
  local.where = context_.spot(cursor);
  function.locals.push_back(std::move(local));
  context_.hold(type, cursor, HoldingPlace::Local, function.id);
  state_.variables[cursor] = variable;
  if (init == no_node) {
    return;
  }
  const NodeId handle = current_handle_;
  current_handle_ = node;
  const bool followed =
      facts.reference || (facts.pointer && tree_[strip(init)].kind == CXCursor_UnaryOperator);
  expression(init, followed ? Mode::None : Mode::Read);
  current_handle_ = handle;

  VariableFacts& known = state_.variables[cursor];
  if (facts.function_object || facts.record) {
    if (const std::optional<Callable> callable = callable_of(init)) {
      known.callable = callable->id;
      known.bound = {callable->object, true, ""};
      known.bound_arguments = callable->arguments;
    }
  }
  if (facts.reference || facts.pointer || facts.smart) {
    Path path = type_of(init).pointer || type_of(init).smart ? pointee_of(init) : object_of(init);
    if (facts.reference && !(type_of(init).pointer && facts.pointer)) {
      path = facts.smart || facts.pointer ? pointee_of(init) : object_of(init);
    }
    // What is made here has no other name than this one.
    const bool made_here = path.root.kind == RootKind::Heap && path.steps.empty();
    if (path.root.kind != RootKind::Unknown && !made_here) {
      known.alias = std::move(path);
      known.aliased = true;
    }
  } else if (facts.number) {
    const Root value = value_of(init);
    if (value.kind != RootKind::Unknown) {
      known.value = value;
    }
  }
  if (facts.guard && facts.record) {
    const NodeId made = strip(init);
    if (tree_[made].kind == CXCursor_CallExpr) {
      guard_variable(made, parts_of(made), cursor);
    }
  }
  if (facts.record && !facts.smart) {
    std::vector<NodeId> arguments;
    const NodeId made = strip(init);
    if (tree_[made].kind == CXCursor_CallExpr) {
      arguments = parts_of(made).arguments;
    } else {
      arguments.push_back(init);
    }
    add_construction(ConstructionKind::Variable, type, node, arguments);
  }
}

std::int32_t Body::open_loop(NodeId node, LoopKind kind) {
  Loop loop;
  loop.kind = kind;
  loop.parent = loop_;
  loop.where = context_.spot(tree_[node].cursor);
  loop.end = context_.end_offset(tree_[node].cursor);
  function.loops.push_back(std::move(loop));
  loop_ = static_cast<std::int32_t>(function.loops.size()) - 1;
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
  loop_ = function.loops[static_cast<std::size_t>(loop_)].parent;
}

std::uint64_t Body::trip_count(NodeId init, NodeId condition) const {
  const auto number_in = [&](NodeId node) -> std::optional<std::int64_t> {
    if (node == no_node) return std::nullopt;
    const CXEvalResult result = clang_Cursor_Evaluate(tree_[node].cursor);
    std::optional<std::int64_t> value;
    if (result != nullptr && clang_EvalResult_getKind(result) == CXEval_Int) {
      value = clang_EvalResult_getAsLongLong(result);
    }
    if (result != nullptr) clang_EvalResult_dispose(result);
    return value;
  };
  if (init == no_node || condition == no_node || tree_[condition].kind != CXCursor_BinaryOperator) {
    return 0;
  }
  NodeId variable = init;
  if (tree_[init].kind == CXCursor_DeclStmt) variable = tree_[init].first;
  if (variable == no_node || tree_[variable].kind != CXCursor_VarDecl) return 0;
  const auto from = number_in(tree_[variable].last);
  const auto to = number_in(tree_[condition].last);
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
  for (const NodeId part : header) expression(part, Mode::None);
  statement(body);
  loop_ = loop;
  close_loop(variables);
}

void Body::while_loop(NodeId node) {
  const std::vector<NodeId> parts = tree_.children(node);
  if (parts.empty()) {
    return;
  }
  const bool is_do = tree_[node].kind == CXCursor_DoStmt;
  const NodeId body = is_do ? parts.front() : parts.back();
  const std::int32_t loop = open_loop(node, is_do ? LoopKind::Do : LoopKind::While);
  std::vector<CXCursor> variables;
  for (const NodeId part : parts) {
    if (part != body && is_expression(tree_[part].kind)) {
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
      statement(part);
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
    node_container = elements->container && (has_word(last_part(elements->name), "list") ||
                                             has_word(last_part(elements->name), "map") ||
                                             has_word(last_part(elements->name), "set"));
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
  statement(body);
  loop_ = loop;
  close_loop(variables);
}

}  // namespace snug::evidence
