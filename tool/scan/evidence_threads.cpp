// Threads: where they start, what they run, where they are waited for; lambdas and other things
// that can be called.
#include <algorithm>
#include <array>

#include "scan/evidence_body.hpp"

namespace snug::evidence {

namespace {

bool is_any(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

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

/// What an argument would call, if it is something that can be called.
std::optional<Callable> Body::callable_of(NodeId node) {
  node = strip(node);
  if (node == no_node) {
    return std::nullopt;
  }
  const CXCursor cursor = tree_[node].cursor;
  switch (tree_[node].kind) {
    case CXCursor_LambdaExpr:
      return Callable{lambda(node), {}, false, {}};
    case CXCursor_UnaryOperator:
      if (clang_getCursorUnaryOperatorKind(cursor) != CXUnaryOperator_AddrOf ||
          tree_[node].first == no_node) {
        return std::nullopt;
      }
      return callable_of(tree_[node].first);
    case CXCursor_DeclRefExpr:
    case CXCursor_MemberRefExpr: {
      const CXCursor named = clang_getCursorReferenced(cursor);
      const CXCursorKind kind = clang_getCursorKind(named);
      if (kind == CXCursor_FunctionDecl || kind == CXCursor_CXXMethod) {
        const CalleeFacts& callee = context_.callee(named);
        if (callee.id.empty()) return std::nullopt;
        return Callable{callee.id, {}, false, {}};
      }
      const auto known = state_.variables.find(named);
      if (known != state_.variables.end() && !known->second.callable.empty()) {
        return Callable{known->second.callable, known->second.bound.path,
                        !known->second.bound.path.steps.empty() ||
                            known->second.bound.path.root.kind != RootKind::Unknown,
                        known->second.bound_arguments};
      }
      const TypeFacts& type = type_of(node);
      if (known != state_.variables.end() && known->second.parameter &&
          (type.function_object || !type.record)) {
        if (type.number || (type.pointer && !type.function_object)) return std::nullopt;
        return Callable{"", variable_path(named, true), false, {}};
      }
      if (type.function_object) {
        return Callable{"", type.pointer ? pointee_of(node) : object_of(node), false, {}};
      }
      break;
    }
    case CXCursor_CallExpr: {
      const CallParts parts = parts_of(node);
      if (parts.callee == nullptr) return std::nullopt;
      if (is_any(parts.callee->name, {"bind", "bind_front"}) && !parts.callee->project &&
          !parts.arguments.empty()) {
        std::optional<Callable> bound = callable_of(parts.arguments.front());
        if (!bound) return std::nullopt;
        std::size_t first = 1;
        const NodeId target = strip(parts.arguments.front());
        const bool member = tree_[target].kind == CXCursor_UnaryOperator &&
                            type_of(target).function_object && !type_of(target).pointer;
        if (member && parts.arguments.size() > 1) {
          const Argument object = argument(parts.arguments[1], nullptr);
          bound->object = object.path;
          bound->has_object = true;
          first = 2;
        }
        for (std::size_t i = first; i < parts.arguments.size(); ++i) {
          if (spelling(tree_[strip(parts.arguments[i])].cursor).starts_with("_")) continue;
          bound->arguments.push_back(argument(parts.arguments[i], nullptr));
        }
        return bound;
      }
      if (is_any(parts.callee->name, {"ref", "cref", "move", "forward", "mem_fn"}) &&
          !parts.callee->project && !parts.arguments.empty()) {
        return callable_of(parts.arguments.front());
      }
      if (parts.callee->constructor && parts.arguments.size() == 1 &&
          (type_of(node).function_object || type_of(node).name.empty())) {
        return callable_of(parts.arguments.front());
      }
      break;
    }
    default:
      break;
  }
  // A functor: a class of the project with an operator().
  const TypeFacts& type = type_of(node);
  if (!type.record || !type.project) {
    return std::nullopt;
  }
  const CXType canonical = clang_getCanonicalType(clang_getCursorType(cursor));
  if (const std::string id = context_.lambda_id(canonical); !id.empty()) {
    return Callable{id, {}, false, {}};
  }
  CXCursor found = clang_getNullCursor();
  clang::visit_methods(canonical, [&](CXCursor method) {
    if (clang::is_null(found) && spelling(method) == "operator()") found = method;
  });
  if (clang::is_null(found)) {
    return std::nullopt;
  }
  Callable functor{context_.callee(found).id, object_of(node), true, {}};
  return functor;
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
      loop_ = function.loops[static_cast<std::size_t>(loop)].parent;
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

std::string Body::lambda(NodeId node) {
  const CXCursor cursor = tree_[node].cursor;
  const CXType closure = clang_getCursorType(cursor);
  if (std::string known = context_.lambda_id(closure); !known.empty()) {
    return known;
  }
  Body inner(state_, this);
  const Spot where = context_.spot(cursor);
  inner.function.id =
      function.id + "@lambda:" + std::to_string(where.line) + ":" + std::to_string(where.column);
  inner.function.name = "lambda in " + function.name;
  inner.function.where = context_.sources().name(cursor);
  inner.function.kind = FunctionKind::Lambda;
  inner.function.record_id = function.record_id;
  inner.function.outer = function.id;
  inner.function.internal_linkage = true;
  inner.scope_end_ = context_.end_offset(cursor);
  inner.returns_object_ = false;
  context_.note_lambda(closure, inner.function.id);
  inner.read_captures(node);
  inner.read_parameters(node);
  for (const NodeId child : tree_.children(node)) {
    if (tree_[child].kind == CXCursor_CompoundStmt) {
      inner.statement(child);
    }
  }
  inner.finish();
  return inner.function.id;
}

/// The text between the brackets tells what is captured how; libclang does not.
void Body::read_captures(NodeId node) {
  CXFile file = nullptr;
  unsigned offset = 0;
  clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(tree_[node].cursor)), &file,
                            nullptr, nullptr, &offset);
  const std::string_view text =
      file == nullptr ? std::string_view() : context_.sources().text(file);
  if (offset >= text.size() || text[offset] != '[') {
    captures_.otherwise = '&';
    return;
  }
  std::vector<std::string> items(1);
  int depth = 0;
  for (std::size_t i = offset + 1; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ']' && depth == 0) break;
    if (c == '(' || c == '{' || c == '[' || c == '<') ++depth;
    if (c == ')' || c == '}' || c == ']' || c == '>') --depth;
    if (c == ',' && depth == 0) {
      items.emplace_back();
    } else if (c != ' ' && c != '\n' && c != '\t') {
      items.back() += c;
    }
  }
  std::vector<std::string> renamed;
  for (const std::string& item : items) {
    if (item == "&" || item == "=") {
      captures_.otherwise = item[0];
    } else if (!item.empty()) {
      const bool reference = item[0] == '&';
      std::string name = item.substr(reference ? 1 : 0);
      const std::size_t equals = name.find('=');
      if (equals != std::string::npos) {
        name = name.substr(0, equals);
        renamed.push_back(name);
        continue;
      }
      if (name.ends_with("...")) name.resize(name.size() - 3);
      captures_.named.emplace_back(name, reference ? '&' : '=');
    }
  }
  if (renamed.empty()) {
    return;
  }
  for (const NodeId child : tree_.children(node)) {
    if (tree_[child].kind != CXCursor_VariableRef) continue;
    const CXCursor variable = clang_getCursorReferenced(tree_[child].cursor);
    if (std::find(renamed.begin(), renamed.end(), spelling(variable)) == renamed.end() ||
        clang_getCursorKind(variable) != CXCursor_VarDecl) {
      continue;
    }
    const TypeFacts& type = context_.type(clang_getCursorType(variable));
    VariableFacts facts;
    facts.owner = this;
    facts.number = function.locals.size();
    Local local;
    local.name = spelling(variable);
    local.type = context_.names().type(clang_getCursorType(variable));
    local.record_id = type.record_id;
    local.array_elements = type.elements;
    local.size = type.reference ? 0 : type.size;
    local.align = type.align;
    local.where = context_.spot(variable);
    function.locals.push_back(std::move(local));
    const CXCursor init = clang_Cursor_getVarDeclInitializer(variable);
    if (!clang::is_null(init)) {
      const NodeId value = tree_.add_all(init, no_node);
      if (type.refers()) {
        facts.alias = type.reference ? object_of(value) : pointee_of(value);
        facts.aliased = facts.alias.root.kind != RootKind::Unknown;
        // Written in the function around: its roots are those of that function.
        const auto outer_id = outer_ == nullptr ? std::string() : outer_->function.id;
        if (facts.aliased && facts.alias.root.id.empty() &&
            (facts.alias.root.kind == RootKind::Parameter ||
             facts.alias.root.kind == RootKind::Local)) {
          facts.alias.root.id = outer_id;
        }
      } else if (type.number) {
        const Root root = value_of(value);
        if (root.kind != RootKind::Unknown) facts.value = root;
      }
    }
    state_.variables[variable] = std::move(facts);
  }
}

}  // namespace snug::evidence
