// Locks: from where to where a body holds them.
#include <algorithm>

#include "scan/evidence/evidence_body.hpp"

namespace snug::evidence {

void Body::take(Path lock, NodeId at, bool shared, CXCursor guard, bool scoped) {
  LockHold hold;
  hold.lock = std::move(lock);
  hold.shared = shared;
  hold.begin = context_.end_offset(tree_[at].cursor);
  function.locks.push_back(std::move(hold));
  held_.push_back({guard, scoped, function.locks.size() - 1});
}

void Body::release(const Path& lock, NodeId at) {
  const std::uint32_t end = context_.spot(tree_[at].cursor).offset;
  for (auto held = held_.rbegin(); held != held_.rend(); ++held) {
    LockHold& hold = function.locks[held->hold];
    if (hold.lock == lock) {
      // An early return releases, too: the last place counts.
      hold.end = std::max(hold.end, end);
      return;
    }
  }
}

bool Body::lock_method(NodeId node, const CallParts& parts) {
  if (!parts.callee->method || (parts.object == no_node && !parts.on_this)) {
    return false;
  }
  const bool taking = parts.callee->does(Effect::TakesItself);
  if (!taking && !parts.callee->does(Effect::ReleasesItself)) {
    return false;
  }
  if (parts.object == no_node) {
    return false;
  }
  const NodeId object = strip(parts.object);
  const TypeFacts& type = type_of(object);
  const TypeFacts& target = type.pointer || type.smart ? context_.type(type.element) : type;
  if (target.guard || type.guard) {
    // unique_lock::unlock() and lock()
    if (tree_[object].kind != CXCursor_DeclRefExpr) return false;
    const CXCursor guard = clang_getCursorReferenced(tree_[object].cursor);
    for (auto held = held_.rbegin(); held != held_.rend(); ++held) {
      if (clang::is_null(held->guard) || clang_equalCursors(held->guard, guard) == 0) continue;
      const std::size_t index = held->hold;
      if (taking) {
        const Held again = *held;
        take(function.locks[index].lock, node, function.locks[index].shared, guard, again.scoped);
      } else {
        function.locks[index].end = context_.spot(tree_[node].cursor).offset;
      }
      return true;
    }
    return true;
  }
  if (!target.lock) {
    return false;
  }
  Path path = parts.arrow ? pointee_of(parts.object) : object_of(parts.object);
  access(path, Mode::ReadWrite, node, true, true);
  expression(parts.object, parts.arrow ? Mode::Read : Mode::None);
  // A lock of the project has fields of its own.
  if (parts.callee->project) project_call(node, parts);
  if (taking) {
    take(std::move(path), node, parts.callee->does(Effect::SharedLock), clang_getNullCursor(),
         false);
  } else {
    release(path, node);
  }
  return true;
}

bool Body::lock_function(NodeId node, const CallParts& parts) {
  const FunctionMatch& known = parts.callee->known;
  if (known.row == nullptr ||
      !known.row->effects.has_any({Effect::TakesLock, Effect::ReleasesLock})) {
    return false;
  }
  const auto at = static_cast<std::size_t>(std::max<int>(known.row->object, 0));
  if (at >= parts.arguments.size()) {
    return false;
  }
  const NodeId object = parts.arguments[at];
  const NodeId plain = strip(object);
  Path path = pointee_of(object);
  access(path, Mode::ReadWrite, node, true, true);
  expression(plain, Mode::None);
  if (known.does(Effect::ReleasesLock)) {
    release(path, node);
  } else {
    take(std::move(path), node, parts.callee->does(Effect::SharedLock), clang_getNullCursor(),
         false);
  }
  return true;
}

/// std::lock_guard<std::mutex> guard(mutex), MutexLock lock(&mutex), scoped_lock both(a, b)
void Body::guard_variable(NodeId node, const CallParts& parts, CXCursor variable) {
  const TypeFacts& guard = type_of(node);
  for (const NodeId argument : parts.arguments) {
    const NodeId plain = strip(argument);
    if (is_any(spelling(tree_[plain].cursor), {"defer_lock", "try_to_lock"})) return;
  }
  for (const NodeId argument : parts.arguments) {
    NodeId plain = strip(argument);
    const TypeFacts* type = &type_of(plain);
    Path path;
    if (type->pointer || type->smart) {
      type = &context_.type(type->element);
      path = pointee_of(argument);
    } else {
      path = object_of(argument);
    }
    if (!type->lock) continue;
    access(path, Mode::ReadWrite, node, true, true);
    take(std::move(path), node, guard.roles.has(TypeRole::SharedGuard), variable, true);
  }
}

}  // namespace snug::evidence
