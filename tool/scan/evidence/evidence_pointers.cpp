// What pointers, references and things that can be called stand for once they are given a value.
#include <algorithm>

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
    if (access.kind == AccessKind::Write && (!access.field.empty() || variable)) {
      access.value = stands_for(value, type);
    }
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

}  // namespace snug::evidence
