// Threads: where they start, what they run, where they are waited for.
#include <algorithm>
#include <array>

#include "scan/evidence_body.hpp"

namespace snug::evidence {

namespace {

/// A function that runs one of its arguments on another thread.
struct Starter {
  std::string_view owner;  ///< Class or namespace it must lie in; "" for C.
  std::string_view name;
  std::string_view kind;
  std::size_t entry;  ///< Index of the argument that runs; the ones behind it are handed over.
  bool many;
  bool waits;
  bool pool;
};

constexpr auto kStarters = std::to_array<Starter>({
    {"", "pthread_create", "pthread_create", 2, false, false, false},
    {"", "thrd_create", "thrd_create", 1, false, false, false},
    {"", "CreateThread", "CreateThread", 2, false, false, false},
    {"", "_beginthreadex", "_beginthreadex", 2, false, false, false},
    {"", "_beginthread", "_beginthread", 0, false, false, false},
    {"std", "async", "std::async", 0, false, false, false},
    {"boost", "async", "boost::async", 0, false, false, false},
    {"boost::thread_group", "create_thread", "boost::thread_group", 0, false, false, false},
    {"tbb", "parallel_for", "tbb::parallel_for", 1, true, true, false},
    {"tbb", "parallel_for_each", "tbb::parallel_for_each", 2, true, true, false},
    {"tbb", "parallel_reduce", "tbb::parallel_reduce", 2, true, true, false},
    {"tbb", "parallel_invoke", "tbb::parallel_invoke", 0, false, true, false},
    {"task_group", "run", "tbb::task_group", 0, false, false, true},
    {"task_arena", "enqueue", "tbb::task_arena", 0, false, false, true},
    {"asio", "post", "asio::post", 1, false, false, true},
    {"asio", "dispatch", "asio::dispatch", 1, false, false, true},
    {"QtConcurrent", "run", "QtConcurrent::run", 0, false, false, true},
    {"Executor", "async", "tf::Executor::async", 0, false, false, true},
    {"Executor", "silent_async", "tf::Executor::silent_async", 0, false, false, true},
    {"concurrency", "parallel_for", "concurrency::parallel_for", 2, true, true, false},
    {"dispatch", "dispatch_apply", "dispatch_apply", 2, true, true, false},
    {"", "dispatch_async", "dispatch_async", 1, false, false, true},
});

const Starter* starter_of(const CalleeFacts& callee) {
  for (const Starter& starter : kStarters) {
    if (starter.name != callee.name) continue;
    if (starter.owner.empty()) {
      if (!callee.method) return &starter;
      continue;
    }
    const std::string_view owner = callee.owner;
    if (owner == starter.owner || last_part(owner) == starter.owner ||
        (owner.starts_with(starter.owner) &&
         owner.substr(starter.owner.size()).starts_with("::")) ||
        owner.find(std::string(starter.owner) + "::") != std::string_view::npos) {
      return &starter;
    }
  }
  return nullptr;
}

bool is_policy(const TypeFacts& type) {
  const std::string_view last = last_part(type.name);
  return last == "parallel_policy" || last == "parallel_unsequenced_policy";
}

}  // namespace

Path Body::handle_of(NodeId node) {
  // push_back(std::thread(...)), ts[i] = std::thread(...), std::thread t(...), member(...)
  NodeId at = tree_[node].parent;
  while (at != no_node) {
    const CXCursorKind kind = tree_[at].kind;
    if (kind == CXCursor_CallExpr) {
      const CallParts parts = parts_of(at);
      if (parts.callee != nullptr && parts.callee->method && parts.object != no_node &&
          is_any(parts.callee->name,
                 {"push_back", "emplace_back", "emplace", "push", "insert", "operator="})) {
        return object_path(parts);
      }
    } else if (kind != CXCursor_UnexposedExpr && kind != CXCursor_ParenExpr &&
               kind != CXCursor_CXXFunctionalCastExpr && kind != CXCursor_CXXNewExpr) {
      break;
    }
    at = tree_[at].parent;
  }
  if (current_handle_ == no_node) {
    return {};
  }
  const Node& handle = tree_[current_handle_];
  if (handle.kind == CXCursor_VarDecl) {
    const auto known = state_.variables.find(handle.cursor);
    if (known == state_.variables.end()) {
      return {{RootKind::Global, context_.variable(handle.cursor), 0}, {}};
    }
    return {{RootKind::Local, "", known->second.number}, {}};
  }
  if (handle.kind == CXCursor_MemberRef) {
    const CXCursor field = clang_getCursorReferenced(handle.cursor);
    if (clang_getCursorKind(field) != CXCursor_FieldDecl) return {};
    const FieldFacts& facts = context_.field(field);
    return {{RootKind::This, "", 0}, {{StepKind::Field, facts.record_id, facts.name, {}, 1, 0}}};
  }
  return object_of(current_handle_);
}

void Body::start(NodeId node, std::string kind, const std::vector<NodeId>& arguments,
                 std::size_t entry, ThreadStart made) {
  made.kind = std::move(kind);
  made.loop = loop_;
  made.where = context_.spot(tree_[node].cursor);
  made.handle = handle_of(node);
  if (entry < arguments.size()) {
    const NodeId target = arguments[entry];
    std::size_t first = entry + 1;
    if (std::optional<Callable> callable = callable_of(target)) {
      made.entry = callable->id;
      made.object.path = callable->object;
      made.object.by_reference = callable->has_object;
      made.arguments = callable->arguments;
      const NodeId plain = strip(target);
      const bool member = tree_[plain].kind == CXCursor_UnaryOperator &&
                          type_of(plain).function_object && !type_of(plain).pointer;
      if (member && first < arguments.size()) {
        const Argument object = argument(arguments[first], nullptr);
        made.object = object;
        made.object.by_reference = true;
        ++first;
      }
    } else {
      // A pointer or std::function of unknown origin.
      made.object.path = type_of(strip(target)).pointer ? pointee_of(target) : object_of(target);
    }
    for (std::size_t i = first; i < arguments.size(); ++i) {
      made.arguments.push_back(argument(arguments[i], nullptr));
    }
  }
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const NodeId plain = strip(arguments[i]);
    if (tree_[plain].kind == CXCursor_LambdaExpr) continue;
    const bool address =
        tree_[plain].kind == CXCursor_UnaryOperator &&
        clang_getCursorUnaryOperatorKind(tree_[plain].cursor) == CXUnaryOperator_AddrOf;
    if (i == entry && address) continue;
    expression(address && tree_[plain].first != no_node ? tree_[plain].first : arguments[i],
               address ? Mode::None : Mode::Read);
  }
  function.starts.push_back(std::move(made));
}

bool Body::thread_function(NodeId node, const CallParts& parts) {
  const CalleeFacts& callee = *parts.callee;
  if (callee.project) {
    return false;
  }
  if (is_any(callee.name, {"pthread_join", "thrd_join"}) && !parts.arguments.empty()) {
    ThreadJoin join;
    join.handle = object_of(parts.arguments.front());
    join.loop = loop_;
    join.where = context_.spot(tree_[node].cursor);
    function.joins.push_back(std::move(join));
    return true;
  }
  if (callee.name == "pthread_detach") {
    return true;
  }
  if (is_any(callee.name, {"make_unique", "make_shared"}) && !parts.arguments.empty()) {
    const TypeFacts& made = type_of(node);
    if (made.element.kind != CXType_Invalid && context_.type(made.element).thread) {
      start(node, context_.type(made.element).name, parts.arguments, 0, {});
      return true;
    }
  }
  if (!parts.arguments.empty() && is_policy(type_of(strip(parts.arguments.front())))) {
    for (std::size_t i = 1; i < parts.arguments.size(); ++i) {
      const std::optional<Callable> callable = callable_of(parts.arguments[i]);
      if (!callable || callable->id.empty()) continue;
      ThreadStart made;
      made.many = true;
      made.waits = true;
      const std::int32_t loop = open_loop(node, LoopKind::Algorithm);
      function.loops.back().parallel = true;
      const Path range = parts.arguments.size() > 1 ? pointee_of(parts.arguments[1]) : Path{};
      function.loops.back().range = range;
      made.kind = "std::execution::par";
      made.entry = callable->id;
      made.object.path = callable->object;
      made.object.by_reference = callable->has_object;
      Argument element;
      element.by_reference = true;
      element.path = range;
      element.path.steps.push_back({StepKind::Item,
                                    "",
                                    "",
                                    {RootKind::LoopVariable, "", static_cast<std::uint64_t>(loop)},
                                    1,
                                    0});
      made.arguments = callable->arguments;
      made.arguments.push_back(std::move(element));
      made.where = context_.spot(tree_[node].cursor);
      leave_loop();
      made.loop = loop_;
      function.starts.push_back(std::move(made));
      return true;
    }
  }
  const Starter* starter = starter_of(callee);
  if (starter == nullptr) {
    return false;
  }
  std::size_t entry = starter->entry;
  ThreadStart made;
  made.many = starter->many;
  made.waits = starter->waits;
  made.pool = starter->pool;
  // std::async(policy, f, ...), parallel_for(first, last, f): the entry is the first that can be
  // called.
  if (starter->name == "async" || starter->many || starter->pool) {
    bool deferred = false;
    for (std::size_t i = 0; i < parts.arguments.size(); ++i) {
      const NodeId plain = strip(parts.arguments[i]);
      deferred = deferred || spelling(tree_[plain].cursor) == "deferred";
      if (const auto callable = callable_of(parts.arguments[i]);
          callable && (!callable->id.empty() || i == entry)) {
        entry = i;
        break;
      }
    }
    if (deferred) return false;
  }
  if (starter->name == "parallel_invoke") {
    for (std::size_t i = 0; i < parts.arguments.size(); ++i) {
      start(node, std::string(starter->kind), {parts.arguments[i]}, 0, made);
    }
    return true;
  }
  if (starter->name == "pthread_create" || starter->name == "thrd_create") {
    start(node, std::string(starter->kind), parts.arguments, entry, made);
    if (!parts.arguments.empty()) {
      function.starts.back().handle = pointee_of(parts.arguments.front());
    }
    if (starter->name == "CreateThread") function.starts.back().arguments.resize(1);
    return true;
  }
  start(node, std::string(starter->kind), parts.arguments, entry, made);
  return true;
}

bool Body::thread_method(NodeId node, const CallParts& parts) {
  const CalleeFacts& callee = *parts.callee;
  if (!callee.method || parts.object == no_node) {
    return false;
  }
  const TypeFacts& object = type_of(strip(parts.object));
  const TypeFacts& type = (object.pointer || object.smart) && object.element.kind != CXType_Invalid
                              ? context_.type(object.element)
                              : object;
  const TypeFacts* element =
      type.element.kind == CXType_Invalid ? nullptr : &context_.type(type.element);
  if (element != nullptr && element->thread &&
      is_any(callee.name, {"emplace_back", "emplace", "emplace_front"}) &&
      !parts.arguments.empty() && !type_of(strip(parts.arguments.front())).thread) {
    start(node, element->name, parts.arguments, 0, {});
    function.starts.back().handle = object_path(parts);
    return true;
  }
  if ((type.thread && is_any(callee.name, {"join", "detach"})) ||
      (type.future && is_any(callee.name, {"get", "wait"})) ||
      (is_any(callee.name, {"wait", "join_all", "wait_for_all"}) &&
       (has_word(last_part(type.name), "group") || has_word(last_part(type.name), "executor")))) {
    Path handle = object_path(parts);
    if (callee.name == "detach") {
      for (ThreadStart& start : function.starts) {
        start.detached = start.detached || start.handle == handle;
      }
    } else {
      function.joins.push_back({std::move(handle), loop_, context_.spot(tree_[node].cursor)});
    }
    expression(parts.object, Mode::None);
    return true;
  }
  return false;
}

}  // namespace snug::evidence
