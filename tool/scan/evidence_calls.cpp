// Calls: of functions of the project, which are followed, and of those that are not read, of which
// only what is known of the standard libraries tells what they do.
#include <algorithm>

#include "scan/evidence_body.hpp"

namespace snug::evidence {

namespace {

bool is_any(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Methods that only hand out a way to what an object holds.
bool is_accessor(std::string_view name) {
  return is_any(
      name, {"begin",       "end",        "rbegin", "rend",          "cbegin",      "cend",
             "data",        "operator[]", "at",     "front",         "back",        "get",
             "operator*",   "operator->", "find",   "c_str",         "lower_bound", "upper_bound",
             "equal_range", "value",      "lock",   "native_handle", "top"});
}

bool is_passing(const CalleeFacts& callee) {
  return !callee.method && !callee.project &&
         is_any(callee.name, {"move", "forward", "addressof", "ref", "cref", "as_const"});
}

/// Functions of the standard library that call what they are given before they return.
bool calls_argument(const CalleeFacts& callee) {
  return !callee.method && !callee.project &&
         is_any(callee.name, {"invoke", "apply", "call_once", "visit", "invoke_r"});
}

}  // namespace

Body::CallParts Body::parts_of(NodeId node) const {
  CallParts parts;
  const CXCursor referenced = clang_getCursorReferenced(tree_[node].cursor);
  const CXCursorKind kind = clang_getCursorKind(referenced);
  std::vector<NodeId> expressions;
  for (const NodeId child : tree_.children(node)) {
    if (clang_isExpression(tree_[child].kind) != 0) expressions.push_back(child);
  }
  const bool known = kind == CXCursor_FunctionDecl || kind == CXCursor_CXXMethod ||
                     kind == CXCursor_ConversionFunction || kind == CXCursor_Constructor ||
                     kind == CXCursor_Destructor || kind == CXCursor_FunctionTemplate;
  if (!known) {
    if (!expressions.empty()) {
      parts.called = expressions.front();
      parts.arguments.assign(expressions.begin() + 1, expressions.end());
    }
    return parts;
  }
  parts.callee = &context_.callee(referenced);
  if (parts.callee->constructor) {
    parts.arguments = expressions;
    return parts;
  }
  const auto names_function = [&](NodeId expression) {
    const NodeId plain = strip(expression);
    const CXCursorKind plain_kind = tree_[plain].kind;
    return (plain_kind == CXCursor_DeclRefExpr || plain_kind == CXCursor_MemberRefExpr) &&
           clang_equalCursors(clang_getCursorReferenced(tree_[plain].cursor), referenced) != 0;
  };
  const auto named = std::find_if(expressions.begin(), expressions.end(), names_function);
  if (named == expressions.end()) {
    // An implicit conversion, or something unusual: the first is what it is about.
    if (parts.callee->method && !expressions.empty()) {
      parts.object = expressions.front();
      parts.arguments.assign(expressions.begin() + 1, expressions.end());
    } else {
      parts.arguments = expressions;
    }
    return parts;
  }
  parts.called = *named;
  const NodeId plain = strip(*named);
  expressions.erase(named);
  if (parts.callee->method && tree_[plain].kind == CXCursor_MemberRefExpr) {
    parts.object = last_expression(plain);
    parts.on_this = parts.object == no_node && !parts.callee->is_static;
    if (parts.object != no_node) {
      const NodeId base = strip(parts.object);
      parts.arrow =
          type_of(base).pointer || tree_[base].kind == CXCursor_CXXThisExpr ||
          (tree_[base].kind == CXCursor_CallExpr && spelling(tree_[base].cursor) == "operator->");
      parts.on_this = tree_[base].kind == CXCursor_CXXThisExpr;
    }
  } else if (parts.callee->method && !parts.callee->is_static && !expressions.empty() &&
             (parts.callee->is_operator || parts.callee->conversion)) {
    parts.object = expressions.front();
    expressions.erase(expressions.begin());
  }
  parts.arguments = std::move(expressions);
  return parts;
}

Argument Body::argument(NodeId node, const CXType* parameter) {
  Argument made;
  const TypeFacts& type = type_of(strip(node));
  const TypeFacts* wanted = parameter == nullptr ? nullptr : &context_.type(*parameter);
  if (const std::optional<Callable> callable = callable_of(node)) {
    made.callable = callable->id;
    made.path = callable->object;
    made.by_reference = callable->has_object;
    if (!made.callable.empty()) return made;
  }
  const NodeId plain = strip(node);
  if (type.number && !(wanted != nullptr && wanted->reference && !wanted->is_const)) {
    made.path = value_path(node);
    return made;
  }
  const bool points = type_of(node).pointer || type.pointer || type.smart ||
                      (type.array && (wanted == nullptr || !wanted->reference)) ||
                      (wanted != nullptr && wanted->pointer);
  made.by_reference = points || (wanted != nullptr && wanted->reference) ||
                      (tree_[plain].kind == CXCursor_CallExpr && type.name == "reference_wrapper");
  made.path = points ? pointee_of(node) : object_of(node);
  return made;
}

void Body::argument_accesses(NodeId node, const CXType* parameter, bool followed) {
  const TypeFacts* wanted = parameter == nullptr ? nullptr : &context_.type(*parameter);
  const NodeId plain = strip(node);
  if (wanted != nullptr && wanted->reference && !wanted->is_const &&
      tree_[plain].kind != CXCursor_CallExpr && tree_[plain].kind != CXCursor_LambdaExpr) {
    // The callee sees the object itself: what it does is its own business.
    return expression(node, followed && type_of(plain).record ? Mode::None : Mode::Address);
  }
  if (followed && tree_[plain].kind == CXCursor_UnaryOperator &&
      clang_getCursorUnaryOperatorKind(tree_[plain].cursor) == CXUnaryOperator_AddrOf &&
      tree_[plain].first != no_node && type_of(strip(tree_[plain].first)).record) {
    return expression(tree_[plain].first, Mode::None);
  }
  if (wanted != nullptr && wanted->reference && followed && type_of(plain).record) {
    return expression(node, Mode::None);
  }
  expression(node, Mode::Read);
}

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

void Body::call(NodeId node, Mode mode) {
  const CallParts parts = parts_of(node);
  if (parts.callee == nullptr) {
    return indirect_call(node, parts);
  }
  if (parts.callee->constructor) {
    return construction(node, parts);
  }
  if (is_passing(*parts.callee)) {
    for (const NodeId argument : parts.arguments) expression(argument, mode);
    return;
  }
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

void Body::construction(NodeId node, const CallParts& parts) {
  const TypeFacts& type = type_of(node);
  if (type.thread && !parts.arguments.empty()) {
    if (type_of(strip(parts.arguments.front())).thread) {  // a move
      for (const NodeId argument : parts.arguments) expression(argument, Mode::Read);
      return;
    }
    return start(node, std::string(type.name), parts.arguments, 0, {});
  }
  const CXType signature = clang_getCursorType(parts.callee->cursor);
  for (std::size_t i = 0; i < parts.arguments.size(); ++i) {
    const CXType parameter = clang_getArgType(signature, static_cast<unsigned>(i));
    const bool has = parameter.kind != CXType_Invalid;
    const TypeFacts& given = type_of(strip(parts.arguments[i]));
    if (type.guard && given.lock) {
      expression(parts.arguments[i], Mode::None);  // what it does to the lock is known
      continue;
    }
    argument_accesses(parts.arguments[i], has ? &parameter : nullptr, parts.callee->project);
  }
  if (type.record) {
    const NodeId parent = tree_[node].parent;
    const bool variable = parent != no_node && (tree_[parent].kind == CXCursor_VarDecl ||
                                                tree_[parent].kind == CXCursor_CXXNewExpr);
    if (!variable) {
      add_construction(ConstructionKind::Temporary, clang_getCursorType(tree_[node].cursor), node,
                       parts.arguments);
    }
  }
  if (parts.callee->project) {
    Call made;
    made.callee = parts.callee->id;
    made.name = parts.callee->name;
    made.loop = loop_;
    made.where = context_.spot(tree_[node].cursor);
    // The object that is made: a variable, a member of this, or memory from new.
    NodeId owner = tree_[node].parent;
    while (owner != no_node && (tree_[owner].kind == CXCursor_UnexposedExpr ||
                                tree_[owner].kind == CXCursor_CXXFunctionalCastExpr)) {
      owner = tree_[owner].parent;
    }
    if (owner != no_node && tree_[owner].kind == CXCursor_VarDecl) {
      const auto known = state_.variables.find(tree_[owner].cursor);
      if (known != state_.variables.end()) {
        made.object.path = {{RootKind::Local, "", known->second.number}, {}};
      } else if (clang_Cursor_hasVarDeclGlobalStorage(tree_[owner].cursor) == 1) {
        made.object.path = {{RootKind::Global, context_.variable(tree_[owner].cursor), 0}, {}};
      }
    } else if (owner != no_node && tree_[owner].kind == CXCursor_CXXNewExpr) {
      made.object.path = {{RootKind::Heap, type.record_id, 0}, {}};
    } else if (current_handle_ != no_node && tree_[current_handle_].kind == CXCursor_MemberRef) {
      const CXCursor field = clang_getCursorReferenced(tree_[current_handle_].cursor);
      if (clang_getCursorKind(field) == CXCursor_FieldDecl) {
        const FieldFacts& facts = context_.field(field);
        made.object.path.root.kind = RootKind::This;
        Step& step = made.object.path.steps.emplace_back();
        step.record_id = facts.record_id;
        step.field = facts.name;
      }
    }
    made.object.by_reference = true;
    for (std::size_t i = 0; i < parts.arguments.size(); ++i) {
      const CXType parameter = clang_getArgType(signature, static_cast<unsigned>(i));
      made.arguments.push_back(
          argument(parts.arguments[i], parameter.kind != CXType_Invalid ? &parameter : nullptr));
    }
    function.calls.push_back(std::move(made));
  }
}

void Body::add_construction(ConstructionKind kind, CXType type, NodeId node,
                            const std::vector<NodeId>& arguments) {
  const TypeFacts& facts = context_.type(type);
  const bool variant = has_word(last_part(facts.name), "variant");
  if (!facts.project && !variant && !(facts.smart && !facts.record_id.empty())) {
    return;
  }
  Construction made;
  made.kind = kind;
  made.record_id = facts.record_id;
  made.type = context_.names().type(clang_getCanonicalType(type));
  if (arguments.size() == 1) {
    const NodeId source = strip(arguments.front());
    const TypeFacts& from = type_of(source);
    made.source_id = from.record ? from.record_id : std::string();
    made.source_type =
        context_.names().type(clang_getCanonicalType(clang_getCursorType(tree_[source].cursor)));
  }
  made.loop = loop_;
  made.where = context_.spot(tree_[node].cursor);
  function.constructions.push_back(std::move(made));
}

/// emplace_back(...), emplace<T>(...), make_unique<T>(...): an object is made of the arguments.
void Body::emplaced(NodeId node, const CallParts& parts) {
  const std::string& name = parts.callee->name;
  if (is_any(name, {"make_unique", "make_shared", "allocate_shared", "make_rc"})) {
    const TypeFacts& type = type_of(node);
    if (type.element.kind != CXType_Invalid) {
      add_construction(ConstructionKind::Heap, type.element, node, parts.arguments);
    }
    return;
  }
  if (name.starts_with("emplace") && parts.object != no_node) {
    const TypeFacts& type = type_of(strip(parts.object));
    if (has_word(last_part(type.name), "variant")) {
      // emplace<T> and emplace<I> give back what is made; methods do not tell template arguments.
      const CXType result =
          clang_getCanonicalType(clang_getCursorResultType(parts.callee->cursor));
      const CXType made = clang_getCanonicalType(clang_getPointeeType(result));
      if (made.kind != CXType_Invalid) {
        Construction one;
        one.kind = ConstructionKind::Emplace;
        one.record_id = type.record_id;
        one.type = context_.names().type(clang_getCursorType(tree_[strip(parts.object)].cursor));
        one.source_id = context_.type(made).record ? context_.type(made).record_id : "";
        one.source_type = context_.names().type(clang_getCanonicalType(made));
        one.loop = loop_;
        one.where = context_.spot(tree_[node].cursor);
        function.constructions.push_back(std::move(one));
      }
    } else if (type.element.kind != CXType_Invalid) {
      add_construction(ConstructionKind::Emplace, type.element, node, parts.arguments);
    }
    return;
  }
  if (name == "operator=" && parts.object != no_node) {
    const TypeFacts& type = type_of(strip(parts.object));
    if (has_word(last_part(type.name), "variant")) {
      add_construction(ConstructionKind::Assignment,
                       clang_getCursorType(tree_[strip(parts.object)].cursor), node,
                       parts.arguments);
    }
  }
}

/// Algorithms of the standard library call what they are given, in a loop.
bool Body::algorithm(NodeId node, const CallParts& parts) {
  if (parts.callee->method || parts.callee->project || parts.arguments.empty()) {
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
  const std::string_view scope = parts.callee->owner;
  const bool once = calls_argument(*parts.callee);
  if (!scope.starts_with("std") && !scope.starts_with("boost::range")) {
    return false;
  }
  if (!once && is_any(parts.callee->name, {"bind", "make_pair", "make_tuple", "bind_front",
                                           "mem_fn", "not_fn", "swap", "make_unique", "make_shared",
                                           "make_any", "atexit", "signal", "set_terminate"})) {
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
    call_callable(node, callable, {element});
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
  made.where = context_.spot(tree_[node].cursor);
  function.calls.push_back(std::move(made));
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
    const NodeId plain = strip(parts.object);
    if (parts.arrow) {
      if (use != Mode::None) access(pointee_of(parts.object), use, node);
      expression(parts.object, Mode::Read);
    } else if (type.pointer || tree_[plain].kind != CXCursor_DeclRefExpr || !type.smart) {
      expression(parts.object, use);
    } else {
      expression(parts.object, use == Mode::Read ? Mode::None : use);
    }
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
  bool tell = false;
  for (const NodeId argument_node : parts.arguments) {
    made.arguments.push_back(argument(argument_node, nullptr));
    const Argument& last = made.arguments.back();
    const TypeFacts& type = type_of(strip(argument_node));
    tell = tell || !last.callable.empty() ||
           (!type.record_id.empty() && (type.project || type.pointer || type.smart));
  }
  if (tell && !parts.callee->is_operator) {
    made.name = parts.callee->name;
    made.object.path = parts.object == no_node ? Path{} : object_path(parts);
    made.loop = loop_;
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
  made.where = context_.spot(tree_[node].cursor);
  if (parts.callee->lambda) {
    if (parts.object != no_node) {
      if (const std::optional<Callable> callable = callable_of(parts.object)) {
        made.callee = callable->id;
      }
      expression(parts.object, Mode::None);
    }
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
