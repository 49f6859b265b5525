// The objects that calls give.
#include <algorithm>

#include "scan/evidence/evidence_body.hpp"

namespace snug::evidence {

namespace {

/// Functions that give back what they are given.
bool passes_through(const CalleeFacts& callee) {
  return is_any(callee.name, {"move", "forward", "addressof", "ref", "cref", "as_const", "launder",
                              "static_pointer_cast", "dynamic_pointer_cast", "const_pointer_cast",
                              "reinterpret_pointer_cast", "exchange"}) &&
         !callee.project && !callee.method;
}

}  // namespace

/// The object that a call gives (through = false), or the one that its value points to.
Path Body::call_result(NodeId node, bool through) {
  const CallParts parts = parts_of(node);
  if (parts.callee == nullptr) {
    return {};
  }
  const CalleeFacts& callee = *parts.callee;
  const auto pointed = [&](Path path) {
    if (path.root.kind != RootKind::Unknown || !path.steps.empty()) {
      path.steps.push_back({StepKind::Pointed, "", "", {}, 1, 0});
    }
    return path;
  };
  if (callee.constructor) {
    // A copy of a smart pointer or iterator points to what its source does.
    if (through && parts.arguments.size() == 1) return pointee_of(parts.arguments.front());
    if (through && parts.arguments.size() > 1 && has_word(callee.owner, "ptr")) {
      return pointee_of(parts.arguments.front());
    }
    return {};
  }
  if (passes_through(callee) && !parts.arguments.empty()) {
    const NodeId argument = parts.arguments.front();
    if (callee.name == "addressof" || callee.name == "ref" || callee.name == "cref") {
      return object_of(argument);
    }
    return through ? pointee_of(argument) : object_of(argument);
  }
  if (through) {
    if (std::optional<Path> path = mapped(node, parts)) return *path;
  }
  if (callee.does(Effect::Makes) && !callee.method) {
    return {{RootKind::Heap, type_of(node).record_id, 0}, {}};
  }
  if (!callee.method && !callee.project &&
      is_any(callee.name, {"begin", "cbegin", "data", "rbegin"}) && !parts.arguments.empty()) {
    return object_of(parts.arguments.front());
  }
  if (callee.project) {
    Path path{{RootKind::Result, callee.id, 0}, {}};
    // The call itself is read before or after; its number is found by its place.
    const Spot where = context_.spot(tree_[node].cursor);
    for (std::size_t i = function.calls.size(); i > 0; --i) {
      if (function.calls[i - 1].where == where && function.calls[i - 1].callee == callee.id) {
        path.root.number = i - 1;
        return through || callee.returns_reference ? path : Path{};
      }
    }
    if (!callee.method && !parts.arguments.empty() && callee.id.empty()) return {};
    path.root.number = function.calls.size();
    return through || callee.returns_reference ? path : Path{};
  }
  if (!callee.method) {
    return {};
  }
  const NodeId object = parts.object;
  const TypeFacts* type = object == no_node ? nullptr : &type_of(strip(object));
  const bool refers = type != nullptr && (type->smart || type->pointer);
  if (is_any(callee.name, {"operator*", "operator->", "get", "lock", "value", "load", "borrow"})) {
    if (type != nullptr && type->atomic && through) return pointed(object_path(parts));
    if (refers && !parts.arrow) {
      return callee.name == "value" || through || callee.returns_reference ? pointee_of(object)
                                                                           : Path{};
    }
    // An unknown wrapper: what it gives lies in it or behind it.
    return callee.returns_reference ? object_path(parts)
           : through                ? pointed(object_path(parts))
                                    : Path{};
  }
  if (callee.name == "operator++" || callee.name == "operator--") {
    return through && object != no_node ? pointee_of(object) : Path{};
  }
  if (is_any(callee.name, {"operator+", "operator-"}) && refers && !parts.arguments.empty()) {
    Path path = pointee_of(object);
    path.steps.push_back(element_step(type->element, parts.arguments.front(), StepKind::Item));
    return path;
  }
  if (is_any(callee.name, {"begin", "cbegin", "data", "rbegin", "end", "cend"})) {
    return object_path(parts);
  }
  if (callee.returns_reference || through) {
    if (type != nullptr && type->smart && callee.name == "operator[]") {
      Path path = pointee_of(object);
      path.steps.push_back(element_step(type->element,
                                        parts.arguments.empty() ? no_node : parts.arguments.front(),
                                        StepKind::Item));
      return path;
    }
    Path path = object_path(parts);
    if (path.root.kind == RootKind::Unknown && path.steps.empty()) return path;
    const bool inside = type != nullptr && type->array;
    const NodeId index = is_any(callee.name, {"operator[]", "at"}) && !parts.arguments.empty()
                             ? parts.arguments.front()
                             : no_node;
    path.steps.push_back(element_step(clang_getCursorType(tree_[node].cursor), index,
                                      inside ? StepKind::Element : StepKind::Item));
    return through && callee.returns_reference ? pointed(std::move(path)) : path;
  }
  return {};
}

}  // namespace snug::evidence
