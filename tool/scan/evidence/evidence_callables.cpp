// What can be called: functions, lambdas and what they capture, bound members, function objects.
#include <algorithm>

#include "scan/evidence/evidence_body.hpp"

namespace snug::evidence {

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
          (type.function_object || type.function)) {
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
  Callable functor{
      context_.callee(found).id, is_temporary(node) ? temporary(node) : object_of(node), true, {}};
  return functor;
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
  inner.read_block(node);
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
