// Calls: of functions of the project, which are followed, and of those that are not read, of which
// only what is known of the standard libraries tells what they do.
#include <algorithm>
#include <array>

#include "scan/evidence/evidence_body.hpp"

namespace snug::evidence {

namespace {

/// Methods that only hand out a way to what an object holds.
bool is_accessor(std::string_view name) {
  return effects_of_name(name).has(Effect::HandsOut);
}

bool is_passing(const CalleeFacts& callee) {
  return !callee.method && !callee.project && callee.does(Effect::Passes);
}

/// io_context::run() and the like: the thread works off what was posted.
bool works_off(const CalleeFacts& callee) {
  return callee.method && is_any(last_part(callee.owner), {"io_context", "io_service"}) &&
         is_any(callee.name, {"run", "run_for", "run_until", "run_one", "poll"});
}

/// A coroutine goes on here.
bool resumes(const CalleeFacts& callee) {
  return callee.method && !callee.project && last_part(callee.owner) == "coroutine_handle" &&
         is_any(callee.name, {"resume", "operator()"});
}

/// std::ranges::for_each and the like are objects that are called.
bool is_algorithm_object(const CalleeFacts& callee) {
  return callee.method && callee.name == "operator()" && callee.owner.starts_with("std::ranges::");
}

/// What an algorithm calls its function with, of which the element of the range is known.
std::vector<Argument> elements_for(std::string_view name, const Argument& element) {
  // A sum so far, or the value that is looked for, comes first.
  constexpr std::array<std::string_view, 3> second = {"accumulate", "reduce", "upper_bound"};
  if (std::find(second.begin(), second.end(), name) != second.end()) return {Argument{}, element};
  constexpr std::array<std::string_view, 11> both = {
      "sort",      "stable_sort",    "partial_sort", "nth_element", "max_element",  "min_element",
      "is_sorted", "minmax_element", "unique",       "make_heap",   "adjacent_find"};
  if (std::find(both.begin(), both.end(), name) != both.end()) return {element, element};
  return {element};
}

/// Functions of the standard library that call what they are given before they return.
bool calls_argument(const CalleeFacts& callee) {
  return !callee.method && !callee.project && callee.does(Effect::CallsNow);
}

}  // namespace

void Body::call(NodeId node, Mode mode) {
  const CallParts parts = parts_of(node);
  if (parts.callee == nullptr) {
    return indirect_call(node, parts);
  }
  if (parts.callee->constructor) {
    return construction(node, parts);
  }
  if (is_passing(*parts.callee)) {
    if (parts.callee->name == "move" && !parts.arguments.empty()) {
      moved_.push_back(object_of(parts.arguments.front()));
    }
    for (const NodeId argument : parts.arguments) expression(argument, mode);
    return;
  }
  note_wait(node, parts);
  allocated(node, parts);
  if (atomic_method(node, parts) || atomic_function(node, parts) || thread_function(node, parts) ||
      thread_method(node, parts) || lock_function(node, parts) || lock_method(node, parts)) {
    return;
  }
  if (parts.callee->lambda || parts.callee->project) {
    project_call(node, parts);
    if (parts.callee->returns_reference && mode != Mode::None) {
      access(object_of(node), mode, node);
    }
    return;
  }
  foreign_call(node, parts, mode);
}

/// Algorithms of the standard library call what they are given, in a loop.
bool Body::algorithm(NodeId node, const CallParts& parts) {
  const bool object = is_algorithm_object(*parts.callee);
  if ((parts.callee->method && !object) || parts.callee->project || parts.arguments.empty()) {
    return false;
  }
  std::vector<Callable> callables;
  for (const NodeId argument : parts.arguments) {
    const NodeId plain = strip(argument);
    if (tree_[plain].kind != CXCursor_LambdaExpr && tree_[plain].kind != CXCursor_DeclRefExpr &&
        tree_[plain].kind != CXCursor_CallExpr) {
      continue;
    }
    if (std::optional<Callable> callable = callable_of(argument)) {
      callables.push_back(std::move(*callable));
    }
  }
  if (callables.empty()) {
    return false;
  }
  const bool once = calls_argument(*parts.callee);
  if (!object && !KnownNames::has_algorithms(parts.callee->owner)) {
    return false;
  }
  if (!once && parts.callee->does(Effect::KeepsCallable)) {
    return false;
  }
  std::int32_t loop = -1;
  Path range = type_of(strip(parts.arguments.front())).array ||
                       type_of(strip(parts.arguments.front())).container
                   ? object_of(parts.arguments.front())
                   : pointee_of(parts.arguments.front());
  for (const NodeId argument : parts.arguments) expression(argument, Mode::Read);
  if (!once) {
    loop = open_loop(node, LoopKind::Algorithm);
    function.loops.back().range = range;
  }
  for (const Callable& callable : callables) {
    Argument element;
    element.by_reference = true;
    if (!once && range.root.kind != RootKind::Unknown) {
      element.path = range;
      element.path.steps.push_back({StepKind::Item,
                                    "",
                                    "",
                                    {RootKind::LoopVariable, "", static_cast<std::uint64_t>(loop)},
                                    1,
                                    0});
    }
    call_callable(node, callable, elements_for(parts.callee->name, element));
  }
  if (!once) {
    close_loop({});
  }
  return true;
}

void Body::call_callable(NodeId node, const Callable& callable, std::vector<Argument> arguments) {
  Call made;
  made.callee = callable.id;
  made.name = spelling(tree_[node].cursor);
  made.indirect = callable.id.empty();
  made.object.path = callable.object;
  made.object.by_reference = callable.has_object;
  made.arguments = callable.arguments;
  made.arguments.insert(made.arguments.end(), arguments.begin(), arguments.end());
  made.loop = loop_;
  made.recurs = recurs_;
  made.where = context_.spot(tree_[node].cursor);
  function.calls.push_back(std::move(made));
}

/// `jobs.push_back([&] { ... })`: what a container of things that can be called holds.
void Body::keep_callable(NodeId node, const CallParts& parts, const TypeFacts& type) {
  if (parts.arguments.size() != 1 || type.element.kind == CXType_Invalid ||
      !is_any(parts.callee->name, {"push_back", "emplace_back", "push", "emplace", "push_front"}) ||
      !context_.type(type.element).function_object) {
    return;
  }
  const std::optional<Callable> callable = callable_of(parts.arguments.front());
  if (!callable || callable->id.empty() || callable->has_object) return;
  Path path = object_path(parts);
  if (path.root.kind == RootKind::Unknown) return;
  path.steps.push_back(element_step(type.element, no_node, StepKind::Item));
  access(std::move(path), Mode::Write, node);
  function.accesses.back().value = {{RootKind::Function, callable->id, 0}, {}};
}

bool Body::foreign_method(NodeId node, const CallParts& parts, Mode mode) {
  const CalleeFacts& callee = *parts.callee;
  if (!callee.method) {
    return false;
  }
  if (parts.object != no_node) {
    const TypeFacts& type = type_of(strip(parts.object));
    Mode use = callee.is_const || is_accessor(callee.name) ? Mode::Read : Mode::ReadWrite;
    // The elements of an array lie in it: to hand out one touches nothing else.
    if (type.array && is_accessor(callee.name)) use = Mode::None;
    if (type.smart && is_any(callee.name, {"operator*", "operator->", "get", "operator bool"})) {
      use = Mode::Read;
    }
    if (callee.name == "operator=" || callee.name == "assign") use = Mode::Write;
    const std::size_t before = function.accesses.size();
    const NodeId plain = strip(parts.object);
    if (parts.arrow) {
      if (use != Mode::None) access(pointee_of(parts.object), use, node);
      expression(parts.object, Mode::Read);
    } else if (type.pointer || tree_[plain].kind != CXCursor_DeclRefExpr || !type.smart) {
      expression(parts.object, use);
    } else {
      expression(parts.object, use == Mode::Read ? Mode::None : use);
    }
    if (use == Mode::Write && parts.arguments.size() == 1 && (type.function_object || type.smart)) {
      point_written(before, parts.arguments.front(), type);
    }
    keep_callable(node, parts, type);
  }
  const CXType signature = clang_getCursorType(callee.cursor);
  for (std::size_t i = 0; i < parts.arguments.size(); ++i) {
    const CXType parameter = clang_getArgType(signature, static_cast<unsigned>(i));
    argument_accesses(parts.arguments[i], parameter.kind != CXType_Invalid ? &parameter : nullptr,
                      false);
  }
  if (callee.returns_reference && mode != Mode::None &&
      is_any(callee.name, {"operator[]", "at", "front", "back", "operator*", "value", "get"})) {
    access(object_of(node), mode, node);
  }
  return true;
}

void Body::foreign_call(NodeId node, const CallParts& parts, Mode mode) {
  emplaced(node, parts);
  if (algorithm(node, parts)) {
    return;
  }
  // std::function and the like: what is called is not told by the type.
  if (parts.callee->name == "operator()" && parts.object != no_node &&
      type_of(strip(parts.object)).function_object) {
    return indirect_call(node, parts);
  }
  const bool method = foreign_method(node, parts, mode);
  if (!method) {
    const CXType signature = clang_getCursorType(parts.callee->cursor);
    for (std::size_t i = 0; i < parts.arguments.size(); ++i) {
      const CXType parameter = clang_getArgType(signature, static_cast<unsigned>(i));
      const bool has = parameter.kind != CXType_Invalid;
      const NodeId plain = strip(parts.arguments[i]);
      argument_accesses(parts.arguments[i], has ? &parameter : nullptr, false);
      // memset(p, ...), scanf(&x): what a pointer that is not const leads to may be written.
      if (has && context_.type(parameter).pointer &&
          !context_.type(context_.type(parameter).element).is_const &&
          tree_[plain].kind != CXCursor_UnaryOperator) {
        access(pointee_of(parts.arguments[i]), Mode::Address, node);
      }
    }
  }
  // A call of code without a body that is given project objects or callables is told.
  Call made;
  const bool runs_queue = works_off(*parts.callee);
  const bool goes_on = resumes(*parts.callee);
  bool tell = runs_queue || goes_on;
  for (const NodeId argument_node : parts.arguments) {
    made.arguments.push_back(argument(argument_node, nullptr));
    const Argument& last = made.arguments.back();
    const TypeFacts& type = type_of(strip(argument_node));
    tell = tell || !last.callable.empty() || type.function_object ||
           (!type.record_id.empty() && (type.project || type.pointer || type.smart));
  }
  if (tell && (goes_on || !parts.callee->is_operator)) {
    made.name = runs_queue ? "io_context::run"
                : goes_on  ? "coroutine_handle::resume"
                           : parts.callee->name;
    made.object.path = parts.object == no_node ? Path{} : object_path(parts);
    made.loop = loop_;
    made.recurs = recurs_;
    made.where = context_.spot(tree_[node].cursor);
    function.calls.push_back(std::move(made));
  }
}

void Body::project_call(NodeId node, const CallParts& parts) {
  Call made;
  made.callee = parts.callee->id;
  made.name = parts.callee->name;
  made.is_virtual = parts.callee->is_virtual;
  made.loop = loop_;
  made.recurs = recurs_;
  made.where = context_.spot(tree_[node].cursor);
  if (keeps_threads(type_of(node))) made.handle = handle_of(node);
  if (parts.callee->lambda) {
    if (parts.object != no_node) {
      if (const std::optional<Callable> callable = callable_of(parts.object)) {
        made.callee = callable->id;
      }
      if (made.callee.empty()) made.object.path = object_of(parts.object);
      expression(parts.object, Mode::None);
    }
    made.indirect = made.callee.empty();
  } else if (parts.callee->method) {
    made.object.path = object_path(parts);
    made.object.by_reference = true;
    if (parts.object != no_node) {
      expression(parts.object, parts.arrow ? Mode::Read : Mode::None);
      // A qualified call is not virtual.
      const NodeId called = parts.called == no_node ? no_node : strip(parts.called);
      for (const NodeId child : tree_.children(called)) {
        if (tree_[child].kind == CXCursor_TypeRef) made.is_virtual = false;
      }
    }
  }
  const std::size_t index = function.calls.size();
  function.calls.push_back(std::move(made));
  const CXType signature = clang_getCursorType(parts.callee->cursor);
  for (std::size_t i = 0; i < parts.arguments.size(); ++i) {
    const CXType parameter = clang_getArgType(signature, static_cast<unsigned>(i));
    const CXType* wanted = parameter.kind != CXType_Invalid ? &parameter : nullptr;
    argument_accesses(parts.arguments[i], wanted, true);
    Argument one = argument(parts.arguments[i], wanted);
    function.calls[index].arguments.push_back(std::move(one));
  }
}

void Body::indirect_call(NodeId node, const CallParts& parts) {
  Call made;
  made.indirect = true;
  made.loop = loop_;
  made.recurs = recurs_;
  made.where = context_.spot(tree_[node].cursor);
  const NodeId called =
      parts.called != no_node && parts.object == no_node ? parts.called : parts.object;
  std::vector<Argument> bound;
  if (called != no_node) {
    const NodeId plain = strip(called);
    made.name = spelling(tree_[plain].cursor);
    if (tree_[plain].kind == CXCursor_BinaryOperator) {
      // (object.*member)(...), (pointer->*member)(...)
      const NodeId object = tree_[plain].first;
      const NodeId member = object == no_node ? no_node : tree_[object].next;
      if (member != no_node) {
        made.object.path = type_of(object).pointer ? pointee_of(object) : object_of(object);
        made.object.by_reference = true;
        expression(object, Mode::None);
        expression(member, Mode::Read);
        if (const std::optional<Callable> callable = callable_of(member)) {
          made.callee = callable->id;
        }
      }
    } else {
      if (const std::optional<Callable> callable = callable_of(called)) {
        made.callee = callable->id;
        made.object.path = callable->object;
        bound = callable->arguments;
      }
      if (made.callee.empty()) {
        made.object.path = type_of(plain).pointer ? pointee_of(called) : object_of(called);
      }
      expression(called, Mode::Read);
    }
  }
  made.indirect = made.callee.empty();
  made.arguments = std::move(bound);
  for (const NodeId argument_node : parts.arguments) {
    expression(argument_node, Mode::Read);
    made.arguments.push_back(argument(argument_node, nullptr));
  }
  function.calls.push_back(std::move(made));
}

}  // namespace snug::evidence
