// Statements and local variables.
#include <algorithm>

#include "model/processes.hpp"
#include "scan/evidence/evidence_body.hpp"

namespace snug::evidence {

void Body::statement(NodeId node) {
  if (std::find(child_nodes_.begin(), child_nodes_.end(), node) != child_nodes_.end()) {
    // All of them are read at the last one.
    if (node == child_nodes_.back()) child_process();
    return;
  }
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
      return if_statement(node);
    case CXCursor_SwitchStmt:
      return switch_statement(node);
    case CXCursor_CXXCatchStmt:
      for (const NodeId child : tree_.children(node)) branch(child, Often::Seldom);
      return;
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
  statements(tree_.children(node));
  end_scoped_locks(held);
  scope_end_ = outer_end;
}

void Body::return_statement(NodeId node) {
  for (const NodeId child : tree_.children(node)) {
    if (!is_expression(tree_[child].kind)) {
      continue;
    }
    note_returned(child);
    if (returns_callable_) {
      std::vector<std::string> named;
      callables_in(child, named);
      for (std::string& one : named) {
        Path path{{RootKind::Function, std::move(one), 0}, {}};
        const auto same = std::find(function.returns.begin(), function.returns.end(), path);
        if (same == function.returns.end()) function.returns.push_back(std::move(path));
      }
      if (!named.empty()) {
        expression(child, Mode::Read);
        continue;
      }
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
      if (returns_number_) {
        // The number of a thread, or what may become one; of others that there are others.
        Path path = value_path(child);
        if (path.root.kind == RootKind::Constant || path.root.kind == RootKind::LoopVariable ||
            path.root.kind == RootKind::Local) {
          path = {};
        }
        if (std::find(function.returns.begin(), function.returns.end(), path) ==
            function.returns.end()) {
          function.returns.push_back(std::move(path));
        }
      }
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
  std::uint64_t align = facts.align;
  for (const NodeId child : tree_.children(node)) {
    if (is_expression(tree_[child].kind)) {
      init = child;
    }
    if (tree_[child].kind == CXCursor_AlignedAttr) {
      align = std::max(align, context_.asked_alignment(tree_[child].cursor));
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
      point_variable(cursor, init, node);
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
  local.align = align;
  local.loop = loop_;
  local.where = context_.spot(cursor);
  function.locals.push_back(std::move(local));
  context_.hold(type, cursor, HoldingPlace::Local, function.id);
  state_.variables[cursor] = variable;
  note_handle(facts, {{RootKind::Local, "", variable.number}, {}});
  if (init == no_node) {
    return;
  }
  const NodeId handle = current_handle_;
  current_handle_ = node;
  const bool followed =
      facts.reference || (facts.pointer && tree_[strip(init)].kind == CXCursor_UnaryOperator);
  expression(init, followed ? Mode::None : Mode::Read);
  current_handle_ = handle;

  note_fork(spelling(cursor), init);
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
    const bool made_here = path.root.kind == RootKind::Heap && path.steps.empty() &&
                           path.root.number != shared_mapping;
    if (path.root.kind != RootKind::Unknown && !made_here) {
      known.alias = std::move(path);
      known.aliased = true;
    }
  } else if (facts.number) {
    std::uint64_t scale = 1;
    const Root value = value_of(init, &scale);
    if (value.kind != RootKind::Unknown) {
      state_.variables[cursor].value = value;
      state_.variables[cursor].scale = scale;
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

}  // namespace snug::evidence
