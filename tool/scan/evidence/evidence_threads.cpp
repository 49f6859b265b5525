// Threads: where they start, what they run, where they are waited for.
#include <algorithm>

#include "known/data_pools.hpp"
#include "scan/evidence/evidence_body.hpp"

namespace snug::evidence {

namespace {

constexpr int most_bases = 4;

/// What a thread that the function starts is called: "pthread_create", "std::async".
std::string kind_of(const KnownFunction& starter) {
  if (!starter.shown.empty()) return std::string(starter.shown);
  const std::string scope(starter.scope);
  return (scope.empty() || scope == "*" ? "" : scope + "::") + std::string(starter.name);
}

}  // namespace

/// Id of the method by which an object of the project runs on a thread: run() and the like of its
/// class, or of one that the class is made from. Empty: it has none.
std::string Body::entry_method(const TypeFacts& type) {
  const CXType pointee = type.refers() && type.element.kind != CXType_Invalid
                             ? clang_getCanonicalType(type.element)
                             : clang_getCanonicalType(type.self);
  std::string found;
  CXType at = pointee;
  for (int depth = 0; depth < most_bases && at.kind == CXType_Record && found.empty(); ++depth) {
    const CXCursor declaration = clang_getTypeDeclaration(at);
    CXType base{CXType_Invalid, {nullptr, nullptr}};
    clang::visit_children(declaration, [&](CXCursor child, CXCursor) {
      const CXCursorKind kind = clang_getCursorKind(child);
      if (kind == CXCursor_CXXBaseSpecifier && base.kind == CXType_Invalid) {
        base = clang_getCanonicalType(clang_getCursorType(child));
      }
      if (kind == CXCursor_CXXMethod &&
          is_any(spelling(child), {"run", "Run", "Entry", "svc", "execute"})) {
        const CalleeFacts& callee = context_.callee(child);
        if (callee.project && clang_CXXMethod_isPureVirtual(child) == 0) found = callee.id;
      }
      return CXChildVisit_Continue;
    });
    at = base;
  }
  return found;
}

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
  if (at != no_node && tree_[at].kind == CXCursor_ReturnStmt) {
    return {{RootKind::Result, function.id, 0}, {}};
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
    } else if (std::string run = entry_method(type_of(strip(target))); !run.empty()) {
      made.entry = std::move(run);
      made.object.path = type_of(strip(target)).refers() ? pointee_of(target) : object_of(target);
      made.object.by_reference = true;
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

/// What is pushed to a pool (see known/data_pools.hpp): the function that the pool was made with is
/// given the data. False if the pool was made elsewhere.
bool Body::push_to_pool(NodeId node, const CallParts& parts) {
  if (parts.arguments.size() < 2) return false;
  Path pool = pointee_of(parts.arguments.front());
  if (!pool.steps.empty() && pool.steps.back().kind == StepKind::Pointed) pool.steps.pop_back();
  const auto made_by =
      std::find_if(function.starts.begin(), function.starts.end(), [&](const ThreadStart& start) {
        return makes_data_pool(start.kind) && start.handle == pool;
      });
  if (pool.root.kind == RootKind::Unknown || made_by == function.starts.end()) return false;
  for (const NodeId argument : parts.arguments) expression(argument, Mode::Read);
  ThreadStart made;
  made.kind = parts.callee->name;
  made.entry = made_by->entry;
  made.handle = made_by->handle;
  made.pool = true;
  made.loop = loop_;
  made.where = context_.spot(tree_[node].cursor);
  made.arguments.push_back(argument(parts.arguments[1], nullptr));
  if (made_by->arguments.size() > 1) made.arguments.push_back(made_by->arguments[1]);
  function.starts.push_back(std::move(made));
  return true;
}

bool Body::thread_function(NodeId node, const CallParts& parts) {
  const CalleeFacts& callee = *parts.callee;
  if (callee.project) {
    return false;
  }
  if (pushes_to_data_pool(callee.name) && push_to_pool(node, parts)) return true;
  const KnownFunction* row = callee.known.row;
  const auto about = static_cast<std::size_t>(row == nullptr ? 0 : std::max<int>(row->object, 0));
  if (row != nullptr && row->effects.has(Effect::Joins) && about < parts.arguments.size()) {
    ThreadJoin join;
    const NodeId handle = strip(parts.arguments[about]);
    const bool address =
        tree_[handle].kind == CXCursor_UnaryOperator &&
        clang_getCursorUnaryOperatorKind(tree_[handle].cursor) == CXUnaryOperator_AddrOf;
    join.handle = address ? pointee_of(handle) : object_of(handle);
    join.loop = loop_;
    join.where = context_.spot(tree_[node].cursor);
    function.joins.push_back(std::move(join));
    return true;
  }
  if (row != nullptr && row->effects.has(Effect::Detaches)) {
    return true;
  }
  if (callee.does(Effect::Makes) && !parts.arguments.empty()) {
    const TypeFacts& made = type_of(node);
    if (made.element.kind != CXType_Invalid && context_.type(made.element).thread) {
      start(node, context_.type(made.element).name, parts.arguments, 0, {});
      return true;
    }
  }
  if (!parts.arguments.empty() &&
      type_of(strip(parts.arguments.front())).roles.has(TypeRole::Parallel)) {
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
  if (row == nullptr || row->effects.has(Effect::RunsObject) ||
      !row->effects.has_any({Effect::StartsThread, Effect::HandsToPool})) {
    return false;
  }
  return known_start(node, *row, parts);
}

/// A call of a function that starts threads, or hands what it is given to a pool.
bool Body::known_start(NodeId node, const KnownFunction& starter, const CallParts& parts) {
  auto entry = static_cast<std::size_t>(std::max<int>(starter.entry, 0));
  ThreadStart made;
  made.many = starter.many;
  made.waits = starter.waits;
  made.pool = starter.effects.has(Effect::HandsToPool);
  std::string kind = kind_of(starter);
  if (starter.effects.has(Effect::MayRunInOrder) && !parts.arguments.empty() &&
      has_word(last_part(type_of(strip(parts.arguments.front())).name), "pool")) {
    kind += " of a thread pool";  // its tasks run beside each other
  }
  // std::async(policy, f, ...), parallel_for(first, last, f): the entry is the first that can be
  // called.
  if (starter.effects.has(Effect::FirstCallable)) {
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
  if (starter.effects.has(Effect::RunsEach)) {
    for (const NodeId argument : parts.arguments) start(node, kind, {argument}, 0, made);
    return true;
  }
  const auto given = static_cast<std::size_t>(std::max<int>(starter.object, 0));
  if (starter.effects.has(Effect::HandsOver) && entry < parts.arguments.size() &&
      given < parts.arguments.size()) {
    for (std::size_t i = 0; i < parts.arguments.size(); ++i) {
      if (i != entry && i != given) expression(parts.arguments[i], Mode::Read);
    }
    start(node, kind, {parts.arguments[entry], parts.arguments[given]}, 0, made);
    return true;
  }
  start(node, kind, parts.arguments, entry, made);
  // The function of a pool is handed what is pushed, then what the pool was made with.
  if (makes_data_pool(starter.name)) {
    std::vector<Argument>& handed = function.starts.back().arguments;
    handed.insert(handed.begin(), Argument{});
  }
  const auto handle = static_cast<std::size_t>(std::max<int>(starter.object, 0));
  if (starter.effects.has(Effect::KeepsHandle) && handle < parts.arguments.size()) {
    function.starts.back().handle = pointee_of(parts.arguments[handle]);
  }
  return true;
}

bool Body::thread_method(NodeId node, const CallParts& parts) {
  const CalleeFacts& callee = *parts.callee;
  if (!callee.method || parts.object == no_node) {
    return false;
  }
  if (callee.does(Effect::RunsObject) && !callee.project) {
    ThreadStart made;
    made.kind = kind_of(*callee.known.row);
    made.entry = entry_method(type_of(strip(parts.object)));
    made.object.path = object_path(parts);
    made.object.by_reference = true;
    made.handle = made.object.path;
    made.loop = loop_;
    made.where = context_.spot(tree_[node].cursor);
    function.starts.push_back(std::move(made));
    return true;
  }
  if (callee.known.row != nullptr && !callee.project &&
      callee.known.row->effects.has(Effect::JoinsObject)) {
    function.joins.push_back({object_path(parts), loop_, context_.spot(tree_[node].cursor)});
    return true;
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
      (callee.does(Effect::JoinsObject) && type.roles.has(TypeRole::Pool))) {
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
