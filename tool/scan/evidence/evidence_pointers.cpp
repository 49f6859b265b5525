// What pointers, references and things that can be called stand for once they are given a value,
// and what functions may be meant where one is called through a table or through the result of
// another function: `run[i]()`, `handler_for(kind)()`.
#include <algorithm>

#include "model/processes.hpp"
#include "scan/evidence/evidence_body.hpp"

namespace snug::evidence {

/// What a pointer or a callable stands for that is given the value.
Path Body::stands_for(NodeId value, const TypeFacts& type) {
  if (!type.function_object) return pointee_of(value);
  const std::optional<Callable> callable = callable_of(value);
  if (!callable) return {};
  if (callable->id.empty()) return callable->object;
  return {{RootKind::Function, callable->id, 0}, {}};
}

/// Notes for the writes behind the first `before` accesses what is stored by them: in a field, or
/// in a variable that each thread has its own of.
void Body::point_written(std::size_t before, NodeId value, const TypeFacts& type) {
  for (std::size_t i = before; i < function.accesses.size(); ++i) {
    FieldAccess& access = function.accesses[i];
    const bool variable = access.path.steps.empty() && access.path.root.kind == RootKind::Global &&
                          context_.is_thread_local_id(access.path.root.id);
    const bool pointer = access.path.steps.empty() && access.path.root.kind == RootKind::Global;
    if (access.kind != AccessKind::Write || (access.field.empty() && !pointer)) continue;
    Path path = stands_for(value, type);
    const bool shared = path.root.kind == RootKind::Heap && path.root.number == shared_mapping;
    if (!access.field.empty() || variable || shared) access.value = std::move(path);
  }
}

/// `static thread_local T* mine = value;`
void Body::point_variable(CXCursor variable, NodeId value, NodeId at) {
  const TypeFacts& type = context_.type(clang_getCursorType(variable));
  if (!context_.is_thread_local(variable) || !(type.pointer || type.smart || type.reference)) {
    return;
  }
  const std::size_t before = function.accesses.size();
  access({{RootKind::Global, context_.variable(variable), 0}, {}}, Mode::Write, at);
  if (function.accesses.size() > before) {
    function.accesses.back().value = type.reference ? object_of(value) : stands_for(value, type);
  }
}

/// The first assignment of a pointer without a value says what it stands for; with another one it
/// stands for several objects. Null is none.
void Body::point_local(VariableFacts& facts, NodeId value) {
  if (is_null(value)) return;
  Path path = pointee_of(value);
  if (facts.aliased && facts.alias == path) return;
  const bool first = !facts.aliased && !facts.assigned;
  Local& local = function.locals[facts.number];
  facts.aliased = first && path.root.kind != RootKind::Unknown;
  if (!first || (!facts.aliased && loop_ != local.loop)) local.reassigned = true;
  if (facts.aliased) facts.alias = std::move(path);
  facts.assigned = true;
}

/// `Job job{&sums, i};`: what the pointers among the fields of the variable point to.
void Body::initialise_fields(CXType type, const std::vector<NodeId>& values) {
  if (current_handle_ == no_node || tree_[current_handle_].kind != CXCursor_VarDecl) {
    return;
  }
  const auto known = state_.variables.find(tree_[current_handle_].cursor);
  const CXType own = clang_getCursorType(tree_[current_handle_].cursor);
  if (known == state_.variables.end() || !context_.type(own).project ||
      clang_equalTypes(clang_getCanonicalType(own), clang_getCanonicalType(type)) == 0) {
    return;
  }
  std::size_t index = 0;
  clang::visit_fields(clang_getCanonicalType(type), [&](CXCursor cursor) {
    if (index >= values.size()) return;
    const NodeId value = values[index++];
    const FieldFacts& field = context_.field(cursor);
    if (!field.reference && !field.type->pointer && !field.type->function_object) return;
    Path path;
    path.root.kind = RootKind::Local;
    path.root.number = known->second.number;
    Step& step = path.steps.emplace_back();
    step.record_id = field.record_id;
    step.field = field.name;
    access(std::move(path), Mode::Write, value);
    function.accesses.back().value =
        field.reference ? object_of(value) : stands_for(value, *field.type);
  });
}

/// The functions that an expression may give: of `c ? f : g` both.
void Body::callables_in(NodeId node, std::vector<std::string>& found) {
  const NodeId plain = strip(node);
  if (plain == no_node) return;
  if (tree_[plain].kind == CXCursor_ConditionalOperator) {
    const std::vector<NodeId> parts = tree_.children(plain);
    for (std::size_t i = 1; i < parts.size(); ++i) callables_in(parts[i], found);
    return;
  }
  const std::optional<Callable> callable = callable_of(plain);
  if (callable && !callable->id.empty()) found.push_back(callable->id);
}

/// Notes which functions the initialiser of a global gives to the fields and elements of the path.
void Body::point_table(CXType type, NodeId value, const Path& path) {
  const CXType canonical = clang_getCanonicalType(type);
  const NodeId plain = strip(value);
  if (plain == no_node) return;
  const bool list = tree_[plain].kind == CXCursor_InitListExpr;
  if (canonical.kind == CXType_ConstantArray || canonical.kind == CXType_IncompleteArray) {
    if (!list) return;
    const CXType element = clang_getArrayElementType(canonical);
    Path inner = path;
    inner.steps.push_back(element_step(element, no_node, StepKind::Element));
    std::uint64_t number = 0;
    for (const NodeId child : tree_.children(plain)) {
      if (!is_expression(tree_[child].kind)) continue;
      inner.steps.back().index = {RootKind::Constant, "", number++};
      point_table(element, child, inner);
    }
    return;
  }
  if (canonical.kind == CXType_Record && list) {
    std::vector<CXCursor> fields;
    clang::visit_fields(canonical, [&](CXCursor field) { fields.push_back(field); });
    std::size_t index = 0;
    for (const NodeId child : tree_.children(plain)) {
      if (!is_expression(tree_[child].kind)) continue;
      // `.run = f` names its field in front of the value.
      NodeId given = child;
      const NodeId name = tree_[child].first;
      if (name != no_node && tree_[name].kind == CXCursor_MemberRef) {
        const CXCursor field = clang_getCursorReferenced(tree_[name].cursor);
        const auto at = std::find_if(fields.begin(), fields.end(), [&](CXCursor one) {
          return clang_equalCursors(one, field) != 0;
        });
        index = static_cast<std::size_t>(at - fields.begin());
        given = last_expression(child);
      }
      if (index >= fields.size() || given == no_node) return;
      const FieldFacts& facts = context_.field(fields[index]);
      Path inner = path;
      inner.steps.push_back({StepKind::Field, facts.record_id, facts.name, {}, 1, 0});
      point_table(clang_getCursorType(fields[index]), given, inner);
      ++index;
    }
    return;
  }
  if (list || path.steps.empty() || !context_.type(type).function_object) return;
  std::vector<std::string> named;
  callables_in(plain, named);
  if (named.size() != 1) return;
  const std::size_t before = function.accesses.size();
  access(path, Mode::Write, plain);
  if (function.accesses.size() > before) {
    function.accesses.back().value = {{RootKind::Function, named.front(), 0}, {}};
  }
}

}  // namespace snug::evidence
