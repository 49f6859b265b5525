// Where objects and values come from.
//
// object_of() answers for an expression that denotes an object, pointee_of() for one whose value
// points to an object (a pointer, a smart pointer, an iterator, an array that decays).
#include <algorithm>
#include <array>

#include "scan/evidence_body.hpp"

namespace snug::evidence {

namespace {

bool is_cast(CXCursorKind kind) {
  return kind == CXCursor_CStyleCastExpr || kind == CXCursor_CXXStaticCastExpr ||
         kind == CXCursor_CXXReinterpretCastExpr || kind == CXCursor_CXXConstCastExpr ||
         kind == CXCursor_CXXDynamicCastExpr || kind == CXCursor_CXXFunctionalCastExpr;
}

bool is_any(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Functions that give back what they are given.
bool passes_through(const CalleeFacts& callee) {
  return is_any(callee.name, {"move", "forward", "addressof", "ref", "cref", "as_const", "launder",
                              "static_pointer_cast", "dynamic_pointer_cast", "const_pointer_cast",
                              "reinterpret_pointer_cast", "exchange"}) &&
         !callee.project && !callee.method;
}

bool is_thread_number(const CalleeFacts& callee) {
  return is_any(
      callee.name,
      {"omp_get_thread_num", "sched_getcpu", "gettid", "pthread_self", "thrd_current", "get_id",
       "GetCurrentThreadId", "getcpu", "this_worker_id", "current_worker_id", "smp_processor_id",
       "GetCurrentProcessorNumber", "PhysicalCoreID", "current_thread_index"});
}

std::optional<std::int64_t> evaluate(CXCursor cursor) {
  const CXEvalResult result = clang_Cursor_Evaluate(cursor);
  std::optional<std::int64_t> value;
  if (result != nullptr && clang_EvalResult_getKind(result) == CXEval_Int) {
    value = clang_EvalResult_getAsLongLong(result);
  }
  if (result != nullptr) clang_EvalResult_dispose(result);
  return value;
}

}  // namespace

NodeId Body::last_expression(NodeId node) const {
  NodeId found = no_node;
  for (NodeId at = tree_[node].first; at != no_node; at = tree_[at].next) {
    if (clang_isExpression(tree_[at].kind) != 0) found = at;
  }
  return found;
}

NodeId Body::strip(NodeId node) const {
  while (node != no_node) {
    const CXCursorKind kind = tree_[node].kind;
    if (kind != CXCursor_UnexposedExpr && kind != CXCursor_ParenExpr && !is_cast(kind)) {
      return node;
    }
    const NodeId inner = last_expression(node);
    // An atomic builtin is an unexposed expression with several children.
    if (inner == no_node || (kind == CXCursor_UnexposedExpr && tree_[node].first != inner &&
                             clang_isExpression(tree_[tree_[node].first].kind) != 0)) {
      return node;
    }
    node = inner;
  }
  return node;
}

const TypeFacts& Body::type_of(NodeId node) const {
  return context_.type(clang_getCursorType(tree_[node].cursor));
}

std::string Body::own_id(const Body* owner) const {
  return owner == nullptr || owner == this ? std::string() : owner->function.id;
}

char Body::capture_of(CXCursor variable, const Body* owner) const {
  char how = 0;
  for (const Body* body = this; body != nullptr && body != owner; body = body->outer_) {
    if (body->region_) {
      how = how == 0 ? '&' : how;
      const std::string name = spelling(variable);
      const auto& names = body->private_names_;
      if (std::find(names.begin(), names.end(), name) != names.end()) how = '=';
      continue;
    }
    const std::string name = spelling(variable);
    const auto& named = body->captures_.named;
    const auto found = std::find_if(named.begin(), named.end(),
                                    [&](const auto& capture) { return capture.first == name; });
    const char here = found != named.end() ? found->second : body->captures_.otherwise;
    if (here == '=') return '=';
    how = '&';
  }
  return how;
}

std::uint64_t Body::element_size(const TypeFacts& type) {
  return type.element.kind == CXType_Invalid ? 0 : context_.type(type.element).size;
}

Path Body::variable_path(CXCursor variable, bool through) {
  const CXCursorKind kind = clang_getCursorKind(variable);
  if (kind != CXCursor_VarDecl && kind != CXCursor_ParmDecl) {
    return {};
  }
  const auto known = state_.variables.find(variable);
  if (known == state_.variables.end()) {
    if (kind == CXCursor_VarDecl && clang_Cursor_hasVarDeclGlobalStorage(variable) == 1) {
      Path path{{RootKind::Global, context_.variable(variable), 0}, {}};
      const TypeFacts& facts = context_.type(clang_getCursorType(variable));
      if (through || facts.reference) {
        path.steps.push_back({StepKind::Pointed, "", "", {}, 1, 0});
      }
      return path;
    }
    return {};
  }
  const VariableFacts& facts = known->second;
  const TypeFacts& type = context_.type(clang_getCursorType(variable));
  const Root loop{RootKind::LoopVariable, own_id(facts.owner),
                  static_cast<std::uint64_t>(std::max(facts.loop, 0))};
  const bool runs = facts.loop >= 0 && !type.number;
  if (facts.aliased && (through || type.reference)) {
    Path path = facts.alias;
    // A path that was written in another function: its own roots get that function's id.
    if (facts.owner != this && path.root.id.empty() &&
        (path.root.kind == RootKind::Parameter || path.root.kind == RootKind::Local ||
         path.root.kind == RootKind::LoopVariable)) {
      path.root.id = facts.owner->function.id;
    }
    if (facts.owner != this) {
      for (Step& step : path.steps) {
        const bool own = step.index.kind == RootKind::Parameter ||
                         step.index.kind == RootKind::Local ||
                         step.index.kind == RootKind::LoopVariable;
        if (own && step.index.id.empty()) step.index.id = facts.owner->function.id;
      }
    }
    if (runs) {
      path.steps.push_back({facts.linked ? StepKind::Pointed : StepKind::Item, type.record_id, "",
                            facts.linked ? Root{} : loop, 1, element_size(type)});
    }
    return path;
  }
  if (facts.owner != this && !type.refers() && capture_of(variable, facts.owner) == '=' &&
      (type.record || type.array)) {
    const auto [place, added] = copies_.try_emplace(variable, function.locals.size());
    if (added) {
      Local copy;
      copy.name = spelling(variable);
      copy.type = context_.names().type(clang_getCursorType(variable));
      copy.record_id = type.record_id;
      copy.array_elements = type.elements;
      copy.size = type.size;
      copy.align = type.align;
      copy.where = context_.spot(tree_[0].cursor);
      function.locals.push_back(std::move(copy));
    }
    return {{RootKind::Local, "", place->second}, {}};
  }
  Path path{
      {facts.parameter ? RootKind::Parameter : RootKind::Local, own_id(facts.owner), facts.number},
      {}};
  if (through && runs) {
    path.steps.push_back({facts.linked ? StepKind::Pointed : StepKind::Item, type.record_id, "",
                          facts.linked ? Root{} : loop, 1, element_size(type)});
  }
  return path;
}

Root Body::variable_value(CXCursor variable) {
  const auto known = state_.variables.find(variable);
  if (known == state_.variables.end()) {
    const CXCursorKind kind = clang_getCursorKind(variable);
    if (kind == CXCursor_VarDecl && context_.is_thread_local(variable)) {
      return {RootKind::ThreadNumber, "", 0};
    }
    if (kind == CXCursor_EnumConstantDecl) {
      return {RootKind::Constant, "",
              static_cast<std::uint64_t>(clang_getEnumConstantDeclValue(variable))};
    }
    if (kind == CXCursor_VarDecl && clang_Cursor_hasVarDeclGlobalStorage(variable) == 1) {
      if (context_.type(clang_getCursorType(variable)).is_const) {
        if (const auto value = evaluate(variable)) {
          return {RootKind::Constant, "", static_cast<std::uint64_t>(*value)};
        }
      }
      return {};
    }
    return {};
  }
  const VariableFacts& facts = known->second;
  if (facts.loop >= 0) {
    return {RootKind::LoopVariable, own_id(facts.owner), static_cast<std::uint64_t>(facts.loop)};
  }
  if (facts.value && !facts.assigned) {
    Root value = *facts.value;
    if (facts.owner != this && value.id.empty() &&
        (value.kind == RootKind::Parameter || value.kind == RootKind::Local ||
         value.kind == RootKind::LoopVariable)) {
      value.id = facts.owner->function.id;
    }
    return value;
  }
  return {facts.parameter ? RootKind::Parameter : RootKind::Local, own_id(facts.owner),
          facts.number};
}

Root Body::value_of(NodeId node, std::uint64_t* stride) {
  node = strip(node);
  if (node == no_node) {
    return {};
  }
  const CXCursor cursor = tree_[node].cursor;
  switch (tree_[node].kind) {
    case CXCursor_IntegerLiteral:
    case CXCursor_CharacterLiteral:
    case CXCursor_CXXBoolLiteralExpr:
      if (const auto value = evaluate(cursor)) {
        return {RootKind::Constant, "", static_cast<std::uint64_t>(*value)};
      }
      return {RootKind::Constant, "", 0};
    case CXCursor_DeclRefExpr:
      return variable_value(clang_getCursorReferenced(cursor));
    case CXCursor_MemberRefExpr: {
      const CXCursor field = clang_getCursorReferenced(cursor);
      const NodeId base = last_expression(node);
      const bool on_this = base == no_node || tree_[strip(base)].kind == CXCursor_CXXThisExpr;
      if (clang_getCursorKind(field) == CXCursor_FieldDecl) {
        if (on_this) return {RootKind::Member, spelling(field), 0};
        // argument->number: as much another one for each thread as the argument is.
        const Path path = type_of(base).pointer ? pointee_of(base) : object_of(base);
        if (path.steps.empty() && path.root.kind == RootKind::Parameter) return path.root;
      }
      return {};
    }
    case CXCursor_CallExpr: {
      const CXCursor callee = clang_getCursorReferenced(cursor);
      if (clang::is_null(callee)) return {};
      if (spelling(callee) == "fetch_add") return {RootKind::ThreadNumber, "", 0};  // a ticket
      if (is_thread_number(context_.callee(callee))) return {RootKind::ThreadNumber, "", 0};
      // hash<thread::id>()(get_id()), static_cast<int>(f(x)): what goes in tells.
      for (const NodeId child : tree_.children(node)) {
        if (clang_isExpression(tree_[child].kind) == 0) continue;
        const Root inner = value_of(child);
        if (inner.kind == RootKind::ThreadNumber) return inner;
      }
      return {};
    }
    case CXCursor_BinaryOperator: {
      const NodeId left = tree_[node].first;
      const NodeId right = left == no_node ? no_node : tree_[left].next;
      if (right == no_node) return {};
      const Root a = value_of(left);
      const Root b = value_of(right);
      const auto op = clang_getCursorBinaryOperatorKind(cursor);
      if (a.kind == RootKind::Constant && b.kind == RootKind::Constant) {
        if (const auto value = evaluate(cursor)) {
          return {RootKind::Constant, "", static_cast<std::uint64_t>(*value)};
        }
        return {};
      }
      const bool first = b.kind == RootKind::Constant;
      if (op == CXBinaryOperator_Mul && stride != nullptr) {
        const std::uint64_t factor = first ? b.number : a.number;
        if (first || a.kind == RootKind::Constant) *stride *= std::max<std::uint64_t>(factor, 1);
      }
      if (first) return a;
      if (a.kind == RootKind::Constant) return b;
      // id % count, id & mask
      if (op == CXBinaryOperator_Rem || op == CXBinaryOperator_And) return a;
      return {};
    }
    case CXCursor_UnaryOperator: {
      const auto op = clang_getCursorUnaryOperatorKind(cursor);
      if (op == CXUnaryOperator_PostInc || op == CXUnaryOperator_PreInc ||
          op == CXUnaryOperator_Minus || op == CXUnaryOperator_Plus) {
        return tree_[node].first == no_node ? Root{} : value_of(tree_[node].first);
      }
      if (op == CXUnaryOperator_Deref && tree_[node].first != no_node) {
        const Path path = pointee_of(tree_[node].first);
        if (path.steps.empty() && path.root.kind == RootKind::Parameter) return path.root;
      }
      return {};
    }
    case CXCursor_UnexposedExpr:
      if (const auto value = evaluate(cursor)) {
        return {RootKind::Constant, "", static_cast<std::uint64_t>(*value)};
      }
      return {};
    default:
      return {};
  }
}

Path Body::value_path(NodeId node) {
  return {value_of(node), {}};
}

Step Body::element_step(CXType element, NodeId index, StepKind kind) {
  Step step;
  step.kind = kind;
  if (element.kind != CXType_Invalid) {
    const TypeFacts& facts = context_.type(element);
    step.record_id = facts.record && !facts.smart ? facts.record_id : std::string();
    step.size = facts.size;
  }
  if (index != no_node) {
    step.index = value_of(index, &step.stride);
  }
  return step;
}

Path Body::object_of(NodeId node) {
  node = strip(node);
  if (node == no_node) {
    return {};
  }
  const CXCursor cursor = tree_[node].cursor;
  switch (tree_[node].kind) {
    case CXCursor_DeclRefExpr:
      return variable_path(clang_getCursorReferenced(cursor), false);
    case CXCursor_MemberRefExpr: {
      const CXCursor field = clang_getCursorReferenced(cursor);
      const NodeId base = last_expression(node);
      if (clang_getCursorKind(field) == CXCursor_VarDecl) return variable_path(field, false);
      if (clang_getCursorKind(field) != CXCursor_FieldDecl) return {};
      Path path;
      if (base == no_node) {
        path.root.kind = RootKind::This;
      } else {
        path = type_of(strip(base)).pointer || tree_[strip(base)].kind == CXCursor_CXXThisExpr ||
                       (tree_[strip(base)].kind == CXCursor_CallExpr &&
                        spelling(tree_[strip(base)].cursor) == "operator->")
                   ? pointee_of(base)
                   : object_of(base);
      }
      const FieldFacts& facts = context_.field(field);
      if (!facts.anonymous) {
        path.steps.push_back({StepKind::Field, facts.record_id, facts.name, {}, 1, 0});
        if (facts.reference) path.steps.push_back({StepKind::Pointed, "", "", {}, 1, 0});
      }
      return path;
    }
    case CXCursor_ArraySubscriptExpr: {
      const NodeId base = tree_[node].first;
      const NodeId index = base == no_node ? no_node : tree_[base].next;
      if (index == no_node) return {};
      const NodeId plain = strip(base);
      const bool inside = type_of(plain).array;
      Path path = inside ? object_of(base) : pointee_of(base);
      path.steps.push_back(element_step(clang_getCursorType(cursor), index,
                                        inside ? StepKind::Element : StepKind::Item));
      return path;
    }
    case CXCursor_UnaryOperator: {
      const auto op = clang_getCursorUnaryOperatorKind(cursor);
      if (tree_[node].first == no_node) return {};
      if (op == CXUnaryOperator_Deref) return pointee_of(tree_[node].first);
      if (op == CXUnaryOperator_PreInc || op == CXUnaryOperator_PreDec) {
        return object_of(tree_[node].first);
      }
      return {};
    }
    case CXCursor_BinaryOperator:
    case CXCursor_CompoundAssignOperator: {
      const auto op = clang_getCursorBinaryOperatorKind(cursor);
      if (op == CXBinaryOperator_Comma) return object_of(tree_[node].last);
      return tree_[node].first == no_node ? Path{} : object_of(tree_[node].first);
    }
    case CXCursor_ConditionalOperator: {
      const std::vector<NodeId> parts = tree_.children(node);
      return parts.size() == 3 ? object_of(parts[1]) : Path{};
    }
    case CXCursor_CallExpr:
      return call_result(node, false);
    default:
      return {};
  }
}

Path Body::pointee_of(NodeId node) {
  node = strip(node);
  if (node == no_node) {
    return {};
  }
  const CXCursor cursor = tree_[node].cursor;
  const auto pointed = [&](Path path) {
    if (path.root.kind != RootKind::Unknown || !path.steps.empty()) {
      path.steps.push_back({StepKind::Pointed, "", "", {}, 1, 0});
    }
    return path;
  };
  switch (tree_[node].kind) {
    case CXCursor_CXXThisExpr:
      return {{RootKind::This, "", 0}, {}};
    case CXCursor_DeclRefExpr: {
      const CXCursor variable = clang_getCursorReferenced(cursor);
      const TypeFacts& type = context_.type(clang_getCursorType(variable));
      if (type.array) return variable_path(variable, false);
      return variable_path(variable, true);
    }
    case CXCursor_MemberRefExpr:
    case CXCursor_ArraySubscriptExpr: {
      Path path = object_of(node);
      return type_of(node).array ? path : pointed(std::move(path));
    }
    case CXCursor_UnaryOperator: {
      const auto op = clang_getCursorUnaryOperatorKind(cursor);
      if (tree_[node].first == no_node) return {};
      if (op == CXUnaryOperator_AddrOf) return object_of(tree_[node].first);
      if (op == CXUnaryOperator_Deref) return pointed(pointee_of(tree_[node].first));
      return pointee_of(tree_[node].first);  // p++
    }
    case CXCursor_BinaryOperator: {
      const auto op = clang_getCursorBinaryOperatorKind(cursor);
      const NodeId left = tree_[node].first;
      const NodeId right = left == no_node ? no_node : tree_[left].next;
      if (right == no_node) return {};
      if (op == CXBinaryOperator_Add || op == CXBinaryOperator_Sub) {
        const bool swapped = type_of(left).number;
        Path path = pointee_of(swapped ? right : left);
        CXType element = type_of(node).element;
        path.steps.push_back(element_step(element, swapped ? left : right, StepKind::Item));
        return path;
      }
      return op == CXBinaryOperator_Assign ? pointee_of(right) : Path{};
    }
    case CXCursor_ConditionalOperator: {
      const std::vector<NodeId> parts = tree_.children(node);
      return parts.size() == 3 ? pointee_of(parts[1]) : Path{};
    }
    case CXCursor_CXXNewExpr: {
      const TypeFacts& type = type_of(node);
      return {{RootKind::Heap, type.record_id, 0}, {}};
    }
    case CXCursor_CallExpr:
      return call_result(node, true);
    default:
      return {};
  }
}

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
  if (is_any(callee.name, {"make_unique", "make_shared", "allocate_shared", "make_rc"}) &&
      !callee.method) {
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

Path Body::object_path(const CallParts& parts) {
  if (parts.object == no_node) {
    return parts.on_this ? Path{{RootKind::This, "", 0}, {}} : Path{};
  }
  return parts.arrow ? pointee_of(parts.object) : object_of(parts.object);
}

}  // namespace snug::evidence
