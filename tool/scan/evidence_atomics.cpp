// Atomic operations: methods of std::atomic and the functions of C, of GCC and of Windows.
#include <algorithm>

#include "scan/evidence_body.hpp"

namespace snug::evidence {

std::string Body::memory_order(const CallParts& parts) const {
  for (const NodeId argument : parts.arguments) {
    const NodeId plain = strip(argument);
    const std::string name = spelling(tree_[plain].cursor);
    if (name.starts_with("memory_order_")) return name.substr(13);
    if (tree_[plain].kind == CXCursor_DeclRefExpr &&
        is_any(name, {"relaxed", "acquire", "release", "acq_rel", "consume"})) {
      return name;
    }
  }
  return {};
}

bool Body::atomic_method(NodeId node, const CallParts& parts) {
  const std::string_view owner = last_part(parts.callee->owner);
  if (!is_any(owner, {"atomic", "__atomic_base", "atomic_flag", "__atomic_float", "atomic_ref",
                      "__atomic_ref"})) {
    return false;
  }
  const std::string& name = parts.callee->name;
  Mode mode = Mode::ReadWrite;
  if (is_any(name, {"load", "test", "wait"}) || parts.callee->conversion) mode = Mode::Read;
  if (is_any(name, {"store", "clear", "operator="})) mode = Mode::Write;
  if (is_any(name, {"is_lock_free", "notify_one", "notify_all"})) mode = Mode::None;
  access(object_path(parts), mode, node, true, false, memory_order(parts));
  if (parts.object != no_node) {
    expression(parts.object, parts.arrow ? Mode::Read : Mode::None);
  }
  for (const NodeId argument : parts.arguments) expression(argument, Mode::Read);
  return true;
}

/// std::atomic_fetch_add(&x, 1), __sync_fetch_and_add(&x, 1), InterlockedIncrement(&x)
bool Body::atomic_function(NodeId node, const CallParts& parts) {
  const std::string& name = parts.callee->name;
  const bool standard = name.starts_with("atomic_") && !parts.callee->project;
  const bool sync = name.starts_with("__sync_") || name.starts_with("Interlocked") ||
                    name.starts_with("_Interlocked");
  if ((!standard && !sync) || parts.arguments.empty() || name.find("fence") != std::string::npos ||
      name.starts_with("__sync_synchronize")) {
    return false;
  }
  Mode mode = Mode::ReadWrite;
  if (name.starts_with("atomic_load") || name == "atomic_flag_test") mode = Mode::Read;
  if (name.starts_with("atomic_store") || name.starts_with("atomic_init") ||
      name.starts_with("atomic_flag_clear") || name.starts_with("__sync_lock_release")) {
    mode = Mode::Write;
  }
  const NodeId object = parts.arguments.front();
  access(pointee_of(object), mode, node, true, false, memory_order(parts));
  const NodeId plain = strip(object);
  if (tree_[plain].kind == CXCursor_UnaryOperator && tree_[plain].first != no_node) {
    expression(tree_[plain].first, Mode::None);
  } else {
    expression(object, Mode::Read);
  }
  for (std::size_t i = 1; i < parts.arguments.size(); ++i) {
    expression(parts.arguments[i], Mode::Read);
  }
  return true;
}

}  // namespace snug::evidence
