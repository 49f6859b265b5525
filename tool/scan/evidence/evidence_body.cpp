// One function or initialiser: what it is, its parameters, and the order in which it is read.
#include "scan/evidence/evidence_body.hpp"

#include <algorithm>

namespace snug::evidence {

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
  returns_callable_ = result.function_object;
  returns_number_ = result.number && !result.reference;
  scope_end_ = context_.end_offset(cursor);
  read_parameters(node);
  if (kind == CXCursor_Constructor) {
    read_constructor_initializers(node);
  }
  read_block(node);
  function.coroutine = result.record && !result.refers() && runs_when_resumed(node);
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
      point_table(clang_getCursorType(cursor), child, {{RootKind::Global, function.outer, 0}, {}});
    }
  }
  if (!function.calls.empty() || !function.accesses.empty() || !function.starts.empty() ||
      !function.constructions.empty()) {
    finish();
  }
}

void Body::finish() {
  if (returns_number_ && std::all_of(function.returns.begin(), function.returns.end(),
                                     [](const Path& path) { return path == Path{}; })) {
    function.returns.clear();
  }
  for (const Held& held : held_) {
    LockHold& hold = function.locks[held.hold];
    hold.end = hold.end == 0 ? scope_end_ : hold.end;
  }
  held_.clear();
  end_handles();
  // Of equal accesses in one loop the first is enough, unless locks make them differ.
  if (function.locks.empty()) {
    std::stable_sort(function.accesses.begin(), function.accesses.end(),
                     [](const FieldAccess& a, const FieldAccess& b) {
                       return std::tie(a.path, a.kind, a.loop, a.recurs, a.order, a.value) <
                              std::tie(b.path, b.kind, b.loop, b.recurs, b.order, b.value);
                     });
    function.accesses.erase(
        std::unique(function.accesses.begin(), function.accesses.end(),
                    [](const FieldAccess& a, const FieldAccess& b) {
                      return std::tie(a.path, a.kind, a.loop, a.recurs, a.order, a.value) ==
                             std::tie(b.path, b.kind, b.loop, b.recurs, b.order, b.value);
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
          if (facts.type->pointer || facts.type->smart || facts.type->function_object) {
            value = stands_for(child, *facts.type);
          }
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

}  // namespace snug::evidence
