// Atomic operations: methods of std::atomic and the functions of C, of GCC and of Windows.
#include <algorithm>

#include "scan/evidence/evidence_body.hpp"

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
  const CalleeFacts& callee = *parts.callee;
  if (!context_.sources().known().type(callee.owner).is(TypeRole::Atomic)) {
    return false;
  }
  Mode mode = Mode::ReadWrite;
  if (callee.does(Effect::AtomicRead) || callee.conversion) mode = Mode::Read;
  if (callee.does(Effect::AtomicWrite)) mode = Mode::Write;
  if (callee.does(Effect::AtomicAside)) mode = Mode::None;
  access(object_path(parts), mode, node, true, false, memory_order(parts));
  if (parts.object != no_node) {
    expression(parts.object, parts.arrow ? Mode::Read : Mode::None);
  }
  for (const NodeId argument : parts.arguments) expression(argument, Mode::Read);
  return true;
}

/// std::atomic_fetch_add(&x, 1), __sync_fetch_and_add(&x, 1), InterlockedIncrement(&x)
bool Body::atomic_function(NodeId node, const CallParts& parts) {
  const KnownFunction* known = parts.callee->known.row;
  constexpr Effects touches{Effect::AtomicRead, Effect::AtomicWrite, Effect::AtomicBoth};
  if (known == nullptr || parts.callee->method || !known->effects.has_any(touches) ||
      parts.arguments.empty()) {
    return false;
  }
  // What the compiler has built in, with a name of its own, is declared where it is called.
  if (parts.callee->project && known->name.front() != '_') {
    return false;
  }
  Mode mode = Mode::ReadWrite;
  if (known->effects.has(Effect::AtomicRead)) mode = Mode::Read;
  if (known->effects.has(Effect::AtomicWrite)) mode = Mode::Write;
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

/// __atomic_fetch_add(&x, 1, order) and the macros of <stdatomic.h> that end in __c11_atomic_...
std::string_view Body::builtin_name(NodeId node) const {
  const NodeId object = tree_[node].first;
  if (object == no_node || clang_isExpression(tree_[object].kind) == 0 ||
      !type_of(object).pointer) {
    return {};
  }
  CXFile file = nullptr;
  unsigned offset = 0;
  clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(tree_[node].cursor)), &file,
                            nullptr, nullptr, &offset);
  std::string_view text = file == nullptr ? std::string_view() : context_.sources().text(file);
  text = offset < text.size() ? text.substr(offset, 60) : std::string_view();
  if (!text.starts_with("__c11_atomic_") && !text.starts_with("__atomic_") &&
      !text.starts_with("__scoped_atomic_")) {
    return {};
  }
  return text.substr(0, text.find('('));
}

bool Body::atomic_builtin(NodeId node) {
  const std::string_view text = builtin_name(node);
  if (text.empty()) return false;
  const NodeId object = tree_[node].first;
  Mode mode = Mode::ReadWrite;
  if (text.find("load") != std::string_view::npos) mode = Mode::Read;
  if (text.find("store") != std::string_view::npos || text.find("init") != std::string_view::npos ||
      text.find("clear") != std::string_view::npos) {
    mode = Mode::Write;
  }
  access(pointee_of(object), mode, node, true);
  for (NodeId child = object; child != no_node; child = tree_[child].next) {
    if (clang_isExpression(tree_[child].kind) == 0) continue;
    const NodeId plain = strip(child);
    const bool address =
        tree_[plain].kind == CXCursor_UnaryOperator &&
        clang_getCursorUnaryOperatorKind(tree_[plain].cursor) == CXUnaryOperator_AddrOf;
    if (address && child == object) {
      expression(tree_[plain].first, Mode::None);
    } else {
      expression(child, Mode::Read);
    }
  }
  return true;
}

}  // namespace snug::evidence
