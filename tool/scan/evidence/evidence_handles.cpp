// What keeps threads: locals that wait for them when their block ends, and threads that are
// returned.
#include <algorithm>

#include "scan/evidence/evidence_body.hpp"

namespace snug::evidence {

namespace {

bool contains_path(const std::vector<Path>& paths, const Path& path) {
  return std::find(paths.begin(), paths.end(), path) != paths.end();
}

}  // namespace

bool Body::keeps_threads(const TypeFacts& type) {
  if (type.thread || type.future) return true;
  if (!type.container || type.element.kind == CXType_Invalid) return false;
  const TypeFacts& element = context_.type(type.element);
  return element.thread || element.future;
}

/// Notes a local that waits at the end of its block. REQUIRES: it is declared right here.
void Body::note_handle(const TypeFacts& type, const Path& local) {
  if (!keeps_threads(type) || type.refers()) return;
  const bool one = type.thread || type.future;
  const TypeFacts& kept = one ? type : context_.type(type.element);
  if (!kept.roles.has(TypeRole::WaitsAtEnd)) return;
  ThreadJoin join;
  join.handle = local;
  join.loop = loop_;
  join.where = function.locals[local.root.number].where;
  join.where.offset = scope_end_ == 0 ? 0 : scope_end_ - 1;
  scoped_handles_.push_back({local, std::move(join), kept.future});
}

void Body::note_returned(NodeId value) {
  if (!keeps_threads(type_of(value))) return;
  // It is moved into what the caller gets.
  NodeId named = strip(value);
  if (tree_[named].kind == CXCursor_CallExpr) {
    const CallParts parts = parts_of(named);
    const bool moved = parts.callee != nullptr && parts.callee->constructor;
    if (moved && parts.arguments.size() == 1) named = strip(parts.arguments.front());
  }
  const Path path = object_of(named);
  if (path.root.kind == RootKind::Local && path.steps.empty() && path.root.id.empty()) {
    returned_.push_back(path);
  }
}

/// A local that is given away waits for nothing; the threads of one that is returned are the
/// caller's.
void Body::end_handles() {
  for (const ScopedHandle& one : scoped_handles_) {
    if (contains_path(moved_, one.local) || contains_path(returned_, one.local)) continue;
    const bool waits =
        !one.tasks ||
        std::any_of(function.starts.begin(), function.starts.end(), [&](const ThreadStart& start) {
          return start.handle == one.local &&
                 context_.sources().known().starter(start.kind).does(Effect::WaitsAtOnce);
        });
    if (waits) function.joins.push_back(one.join);
  }
  for (const Path& local : returned_) {
    const bool joined =
        std::any_of(function.joins.begin(), function.joins.end(),
                    [&](const ThreadJoin& join) { return join.handle.root == local.root; });
    if (joined) continue;
    for (ThreadStart& start : function.starts) {
      if (start.handle == local) start.handle = {{RootKind::Result, function.id, 0}, {}};
    }
    for (Call& call : function.calls) {
      if (call.handle == local) call.handle = {{RootKind::Result, function.id, 0}, {}};
    }
  }
}

}  // namespace snug::evidence
