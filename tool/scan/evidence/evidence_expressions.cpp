// What expressions read and write.
#include <algorithm>

#include "scan/evidence/evidence_body.hpp"

namespace snug::evidence {

bool is_cast(CXCursorKind kind) {
  return kind == CXCursor_CStyleCastExpr || kind == CXCursor_CXXStaticCastExpr ||
         kind == CXCursor_CXXReinterpretCastExpr || kind == CXCursor_CXXConstCastExpr ||
         kind == CXCursor_CXXDynamicCastExpr || kind == CXCursor_CXXFunctionalCastExpr;
}

namespace {

AccessKind kind_of(Mode mode) {
  switch (mode) {
    case Mode::Write:
      return AccessKind::Write;
    case Mode::ReadWrite:
      return AccessKind::ReadWrite;
    case Mode::Address:
      return AccessKind::Address;
    default:
      return AccessKind::Read;
  }
}

}  // namespace

void Body::access(Path path, Mode mode, NodeId node, bool atomic, bool lock, std::string order) {
  if (mode == Mode::None || (path.root.kind == RootKind::Unknown && path.steps.empty())) {
    return;
  }
  const bool plain = std::all_of(path.steps.begin(), path.steps.end(),
                                 [](const Step& step) { return step.kind == StepKind::Element; });
  const bool own = path.root.kind == RootKind::Local && path.root.id.empty();
  if (plain && own && !atomic && !lock) {
    return;  // an ordinary local: nobody else sees it unless its address is taken
  }
  if (plain && path.root.kind != RootKind::Global && path.root.kind != RootKind::Local &&
      path.root.kind != RootKind::Parameter && path.root.kind != RootKind::Result) {
    return;
  }
  FieldAccess made;
  for (auto step = path.steps.rbegin(); step != path.steps.rend(); ++step) {
    if (step->kind == StepKind::Field) {
      made.record_id = step->record_id;
      made.field = step->field;
      break;
    }
    if (step->kind != StepKind::Element) {
      break;
    }
  }
  made.path = std::move(path);
  made.kind = kind_of(mode);
  made.atomic = atomic;
  made.lock = lock;
  made.order = std::move(order);
  made.loop = loop_;
  made.recurs = recurs_;
  made.where = context_.spot(tree_[node].cursor);
  function.accesses.push_back(std::move(made));
}

void Body::children(NodeId node, Mode mode) {
  for (NodeId child = tree_[node].first; child != no_node; child = tree_[child].next) {
    if (clang_isExpression(tree_[child].kind) != 0) {
      expression(child, mode);
    } else if (clang_isStatement(tree_[child].kind) != 0) {
      statement(child);
    }
  }
}

void Body::expression(NodeId node, Mode mode) {
  const CXCursorKind kind = tree_[node].kind;
  if (kind == CXCursor_UnexposedExpr && atomic_builtin(node)) {
    return;
  }
  if (kind == CXCursor_UnexposedExpr || kind == CXCursor_ParenExpr || is_cast(kind)) {
    return children(node, mode);
  }
  switch (kind) {
    case CXCursor_DeclRefExpr:
      return reference(node, mode);
    case CXCursor_MemberRefExpr:
      return member(node, mode);
    case CXCursor_ArraySubscriptExpr:
      return subscript(node, mode);
    case CXCursor_BinaryOperator:
    case CXCursor_CompoundAssignOperator:
      return binary(node, mode);
    case CXCursor_UnaryOperator:
      return unary(node, mode);
    case CXCursor_CallExpr:
      return call(node, mode);
    case CXCursor_LambdaExpr:
      (void)lambda(node);
      return;
    case CXCursor_CXXNewExpr:
      return new_expression(node);
    case CXCursor_InitListExpr:
      return init_list(node);
    case CXCursor_ConditionalOperator:
      return conditional(node, mode);
    case CXCursor_UnaryExpr:  // sizeof, alignof: nothing is touched
    case CXCursor_CXXTypeidExpr:
      return;
    default:
      return children(node);
  }
}

void Body::reference(NodeId node, Mode mode) {
  const CXCursor variable = clang_getCursorReferenced(tree_[node].cursor);
  const CXCursorKind kind = clang_getCursorKind(variable);
  if (kind == CXCursor_FunctionDecl || kind == CXCursor_CXXMethod) {
    const CalleeFacts& callee = context_.callee(variable);
    if (callee.project && !callee.id.empty()) context_.taken[callee.id] = true;
    return;
  }
  if (kind != CXCursor_VarDecl && kind != CXCursor_ParmDecl) {
    return;
  }
  const auto known = state_.variables.find(variable);
  const TypeFacts& type = context_.type(clang_getCursorType(variable));
  if (known == state_.variables.end()) {
    if (!type.is_const || mode != Mode::Read) access(variable_path(variable, false), mode, node);
    return;
  }
  VariableFacts& facts = known->second;
  const bool writes = mode == Mode::Write || mode == Mode::ReadWrite;
  if (type.reference) {
    return access(variable_path(variable, false), mode, node);
  }
  if (facts.owner == this) {
    facts.assigned = facts.assigned || (writes && facts.loop < 0);
    if (mode != Mode::ReadWrite || !type.pointer || facts.loop >= 0) return;
    // p += n: some element of what it pointed into.
    const Step any{StepKind::Item, context_.type(type.element).record_id, "", {}, 1, 0};
    if (!facts.aliased) {
      if (!facts.parameter) function.locals[facts.number].reassigned = true;
    } else if (facts.alias.steps.empty() || facts.alias.steps.back() != any) {
      facts.alias.steps.push_back(any);
    }
    return;
  }
  if (capture_of(variable, facts.owner) == '&' && (!type.refers() || writes)) {
    access(variable_path(variable, false), mode, node);
  }
}

void Body::member(NodeId node, Mode mode) {
  const CXCursor field = clang_getCursorReferenced(tree_[node].cursor);
  const CXCursorKind kind = clang_getCursorKind(field);
  const NodeId base = last_expression(node);
  if (kind == CXCursor_VarDecl) {
    access(variable_path(field, false), mode, node);
  } else if (kind == CXCursor_FieldDecl) {
    const FieldFacts& facts = context_.field(field);
    if (facts.anonymous) {
      if (base != no_node) expression(base, mode);
      return;
    }
    Path path = object_of(node);
    if (facts.reference && !path.steps.empty()) {
      if (mode != Mode::None && mode != Mode::Read) access(path, mode, node);
      path.steps.pop_back();
      mode = Mode::Read;
    }
    if (facts.project) access(std::move(path), mode, node);
  }
  if (base != no_node) {
    expression(base, type_of(strip(base)).pointer ? Mode::Read : Mode::None);
  }
}

void Body::subscript(NodeId node, Mode mode) {
  const NodeId base = tree_[node].first;
  const NodeId index = base == no_node ? no_node : tree_[base].next;
  if (index == no_node) {
    return children(node);
  }
  access(object_of(node), mode, node);
  expression(base, type_of(strip(base)).array ? Mode::None : Mode::Read);
  expression(index, Mode::Read);
}

void Body::binary(NodeId node, Mode mode) {
  const NodeId left = tree_[node].first;
  const NodeId right = left == no_node ? no_node : tree_[left].next;
  if (right == no_node) {
    return children(node);
  }
  const auto op = clang_getCursorBinaryOperatorKind(tree_[node].cursor);
  if (tree_[node].kind == CXCursor_CompoundAssignOperator) {
    expression(right, Mode::Read);
    const bool atomic = type_of(strip(left)).atomic;
    if (atomic) {
      access(object_of(left), Mode::ReadWrite, node, true);
      return expression(left, Mode::None);
    }
    return expression(left, Mode::ReadWrite);
  }
  if (op == CXBinaryOperator_LAnd || op == CXBinaryOperator_LOr) return short_circuit(left, right);
  if (op != CXBinaryOperator_Assign) {
    expression(left, op == CXBinaryOperator_Comma ? Mode::None : Mode::Read);
    return expression(right, op == CXBinaryOperator_Comma ? mode : Mode::Read);
  }
  const NodeId handle = current_handle_;
  current_handle_ = left;
  expression(right, Mode::Read);
  current_handle_ = handle;
  note_fork(text_of(strip(left)), right);
  const NodeId target = strip(left);
  if (type_of(target).atomic) {
    access(object_of(left), Mode::Write, node, true);
    return expression(left, Mode::None);
  }
  if (tree_[target].kind == CXCursor_DeclRefExpr && type_of(target).pointer) {
    const auto known = state_.variables.find(clang_getCursorReferenced(tree_[target].cursor));
    if (known != state_.variables.end() && known->second.owner == this) {
      VariableFacts& facts = known->second;
      if (facts.loop < 0 && !facts.parameter) return point_local(facts, right);
    }
  }
  if (tree_[target].kind == CXCursor_DeclRefExpr && type_of(target).number) {
    const auto known = state_.variables.find(clang_getCursorReferenced(tree_[target].cursor));
    if (known != state_.variables.end() && known->second.owner == this &&
        !known->second.parameter && !known->second.assigned && !known->second.value) {
      const Root value = value_of(right);
      if (value.kind != RootKind::Unknown) {
        known->second.value = value;
        return;
      }
    }
  }
  const std::size_t before = function.accesses.size();
  expression(left, Mode::Write);
  const TypeFacts& type = type_of(target);
  if (type.pointer || type.smart) point_written(before, right, type);
}

void Body::unary(NodeId node, Mode mode) {
  const NodeId operand = tree_[node].first;
  if (operand == no_node) {
    return;
  }
  switch (clang_getCursorUnaryOperatorKind(tree_[node].cursor)) {
    case CXUnaryOperator_PostInc:
    case CXUnaryOperator_PostDec:
    case CXUnaryOperator_PreInc:
    case CXUnaryOperator_PreDec:
      if (type_of(strip(operand)).atomic) {
        access(object_of(operand), Mode::ReadWrite, node, true);
        return expression(operand, Mode::None);
      }
      return expression(operand, Mode::ReadWrite);
    case CXUnaryOperator_AddrOf:
      return expression(operand, mode == Mode::None ? Mode::None : Mode::Address);
    case CXUnaryOperator_Deref: {
      const NodeId plain = strip(operand);
      Path path = pointee_of(operand);
      // *this and what a function gives are followed where they are used.
      if (tree_[plain].kind != CXCursor_CXXThisExpr) access(std::move(path), mode, node);
      return expression(operand, Mode::Read);
    }
    default:
      return expression(operand, Mode::Read);
  }
}

void Body::new_expression(NodeId node) {
  children(node);
  const TypeFacts& type = type_of(node);
  if (type.element.kind == CXType_Record) {
    std::vector<NodeId> arguments;
    for (const NodeId child : tree_.children(node)) {
      if (tree_[child].kind == CXCursor_CallExpr) arguments = parts_of(child).arguments;
    }
    const std::size_t before = function.constructions.size();
    add_construction(ConstructionKind::Heap, type.element, node, arguments);
    if (function.constructions.size() > before) {
      function.constructions.back().array = is_new_of_several(node);
    }
  }
}

/// The type that a list initialises: of `{1, 2}` alone it is that of the parameter or variable.
CXType Body::list_type(NodeId node) {
  const auto record = [](CXType type) {
    CXType at = clang_getCanonicalType(type);
    if (at.kind == CXType_LValueReference || at.kind == CXType_RValueReference) {
      at = clang_getCanonicalType(clang_getPointeeType(at));
    }
    return at;
  };
  CXType type = record(clang_getCursorType(tree_[node].cursor));
  NodeId child = node;
  NodeId at = tree_[node].parent;
  while (type.kind != CXType_Record && at != no_node) {
    const CXCursorKind kind = tree_[at].kind;
    if (kind == CXCursor_CallExpr) {
      const CallParts parts = parts_of(at);
      if (parts.callee == nullptr) break;
      const auto place = std::find(parts.arguments.begin(), parts.arguments.end(), child);
      if (place == parts.arguments.end()) break;
      return record(clang_getArgType(clang_getCursorType(parts.callee->cursor),
                                     static_cast<unsigned>(place - parts.arguments.begin())));
    }
    if (kind != CXCursor_UnexposedExpr && kind != CXCursor_ParenExpr && kind != CXCursor_VarDecl) {
      break;
    }
    type = record(clang_getCursorType(tree_[at].cursor));
    if (kind == CXCursor_VarDecl) break;
    child = at;
    at = tree_[at].parent;
  }
  return type;
}

/// `Envelope{now, Move{1, 2}}`: the variant that a value becomes which is given for a field. The
/// front end shows lists as they are written, without what they convert.
void Body::construct_fields(CXType type, const std::vector<NodeId>& values) {
  if (!context_.type(type).project) return;
  std::size_t index = 0;
  clang::visit_fields(clang_getCanonicalType(type), [&](CXCursor cursor) {
    if (index >= values.size()) return;
    const NodeId value = values[index++];
    const CXType field = clang_getCanonicalType(clang_getCursorType(cursor));
    if (!context_.type(field).roles.has(TypeRole::Variant)) return;
    const CXType given = clang_getCanonicalType(clang_getCursorType(tree_[strip(value)].cursor));
    if (clang_equalTypes(clang_getUnqualifiedType(field), clang_getUnqualifiedType(given)) != 0)
      return;
    add_construction(ConstructionKind::Temporary, field, value, {value});
  });
}

void Body::init_list(NodeId node) {
  children(node);
  const CXType own = clang_getCursorType(tree_[node].cursor);
  const CXType type = list_type(node);
  if (type.kind != CXType_Record) return;
  std::vector<NodeId> arguments;
  for (const NodeId child : tree_.children(node)) {
    if (clang_isExpression(tree_[child].kind) != 0) arguments.push_back(child);
  }
  construct_fields(type, arguments);
  if (clang_getCanonicalType(own).kind == CXType_Record) {
    add_construction(ConstructionKind::Temporary, own, node, arguments);
    initialise_fields(own, arguments);
  }
}

}  // namespace snug::evidence
