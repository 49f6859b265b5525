// Objects that calls make: constructors, emplace and make functions.
#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>

#include "scan/evidence/evidence_body.hpp"

namespace snug::evidence {

namespace {

/// malloc, calloc, xrealloc, g_malloc, zmalloc, kmem_cache_alloc, palloc ...
bool is_allocator(std::string_view name) {
  constexpr std::string_view word = "alloc";
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; };
  return std::search(name.begin(), name.end(), word.begin(), word.end(), same) != name.end();
}

/// What the void pointer that a call gives is taken for: `struct S *s = pool_alloc(pool)`.
CXType taken_for(const Tree& tree, NodeId node) {
  const CXType none{CXType_Invalid, {nullptr, nullptr}};
  const auto pointee = [](CXType type) {
    const CXType canonical = clang_getCanonicalType(type);
    return canonical.kind == CXType_Pointer
               ? clang_getCanonicalType(clang_getPointeeType(canonical))
               : CXType{CXType_Invalid, {nullptr, nullptr}};
  };
  if (pointee(clang_getCursorType(tree[node].cursor)).kind != CXType_Void) return none;
  for (NodeId at = tree[node].parent; at != no_node; at = tree[at].parent) {
    const CXCursorKind kind = tree[at].kind;
    if (kind != CXCursor_UnexposedExpr && kind != CXCursor_CStyleCastExpr &&
        kind != CXCursor_CXXStaticCastExpr && kind != CXCursor_ParenExpr) {
      return none;
    }
    const CXType type = pointee(clang_getCursorType(tree[at].cursor));
    if (type.kind == CXType_Record) return type;
  }
  return none;
}

}  // namespace

/// `new T[n]`, but for a constant n of a few. The brackets belong to the type, which ends where the
/// initialiser begins.
bool Body::is_new_of_several(NodeId node) const {
  std::string_view text = text_of(node);
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (text.ends_with("()") || text.ends_with("{}")) text.remove_suffix(2);
  if (!text.ends_with(']')) return false;
  for (const NodeId child : tree_.children(node)) {
    if (const std::optional<std::int64_t> count = constant_of(child)) {
      return *count < 0 || static_cast<std::uint64_t>(*count) > few_elements;
    }
  }
  return true;
}

/// malloc(sizeof(T)), calloc(n, sizeof *t), pool_alloc(pool, n * sizeof(struct T)) ...: an object
/// is made of the type whose size is asked for; several where the size, or another argument,
/// counts.
void Body::allocated(NodeId node, const CallParts& parts) {
  if (!is_allocator(parts.callee->name)) return;
  CXType made{};
  bool several = false;
  const std::function<void(NodeId)> look = [&](NodeId at) {
    if (tree_[at].kind == CXCursor_UnaryExpr && starts_with(at, "sizeof")) {
      const NodeId operand = tree_[at].first;
      if (operand == no_node) return;
      const CXType type = clang_getCanonicalType(clang_getCursorType(tree_[operand].cursor));
      if (type.kind == CXType_Record && made.kind == CXType_Invalid) made = type;
      return;
    }
    if (tree_[at].kind == CXCursor_BinaryOperator &&
        clang_getCursorBinaryOperatorKind(tree_[at].cursor) == CXBinaryOperator_Mul) {
      several = true;
    }
    for (const NodeId child : tree_.children(at)) look(child);
  };
  for (const NodeId argument : parts.arguments) look(argument);
  if (made.kind != CXType_Record) made = taken_for(tree_, node);
  if (made.kind != CXType_Record) return;
  if (parts.arguments.size() >= 2 && is_any(parts.callee->name, {"calloc", "reallocarray"})) {
    const std::optional<std::int64_t> count = constant_of(parts.arguments.front());
    several = !count || static_cast<std::uint64_t>(*count) > few_elements;
  }
  const std::size_t before = function.constructions.size();
  add_construction(ConstructionKind::Heap, made, node, {});
  if (function.constructions.size() > before) function.constructions.back().array = several;
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
    if (const auto known = temporaries_.find(node); known != temporaries_.end()) {
      made.object.path = {{RootKind::Local, "", known->second}, {}};
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
  const bool variant = facts.roles.has(TypeRole::Variant);
  if (!facts.project && !variant && !(facts.smart && !facts.record_id.empty())) {
    return;
  }
  Construction made;
  made.kind = kind;
  made.record_id = facts.record_id;
  made.type = context_.names().type(clang_getCanonicalType(type));
  // Constructors of boost::variant have parameters with defaults behind the value.
  if (arguments.size() == 1 || (variant && !arguments.empty())) {
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
  if (parts.callee->does(Effect::Makes)) {
    const TypeFacts& type = type_of(node);
    if (type.element.kind != CXType_Invalid) {
      add_construction(ConstructionKind::Heap, type.element, node, parts.arguments);
      constructed(node, type.element, parts.arguments, {{RootKind::Heap, type.record_id, 0}, {}});
    }
    return;
  }
  if (name.starts_with("emplace") && parts.object != no_node) {
    const TypeFacts& type = type_of(strip(parts.object));
    if (type.roles.has(TypeRole::Variant)) {
      // emplace<T> and emplace<I> give back what is made; methods do not tell template arguments.
      const CXType result = clang_getCanonicalType(clang_getCursorResultType(parts.callee->cursor));
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
      Path made = object_path(parts);
      if (made.root.kind != RootKind::Unknown) {
        made.steps.push_back(element_step(type.element, no_node, StepKind::Item));
      }
      constructed(node, type.element, parts.arguments, std::move(made));
    }
    return;
  }
  if (name == "operator=" && parts.object != no_node) {
    const TypeFacts& type = type_of(strip(parts.object));
    if (type.roles.has(TypeRole::Variant)) {
      add_construction(ConstructionKind::Assignment,
                       clang_getCursorType(tree_[strip(parts.object)].cursor), node,
                       parts.arguments);
    }
  }
}

}  // namespace snug::evidence
