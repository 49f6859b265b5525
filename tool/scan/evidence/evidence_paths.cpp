// Where objects and values come from.
//
// object_of() answers for an expression that denotes an object, pointee_of() for one whose value
// points to an object (a pointer, a smart pointer, an iterator, an array that decays).
#include <algorithm>
#include <array>
#include <utility>

#include "scan/evidence/evidence_body.hpp"

namespace snug::evidence {

namespace {

/// What either branch gives, if it is the same.
Path one_of(Path first, const Path& second) {
  return first == second ? std::move(first) : Path{};
}

}  // namespace

bool Body::is_null(NodeId node) const {
  const CXCursorKind kind = tree_[strip(node)].kind;
  return kind == CXCursor_CXXNullPtrLiteralExpr || kind == CXCursor_GNUNullExpr ||
         kind == CXCursor_IntegerLiteral;
}

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
      return parts.size() == 3 ? one_of(object_of(parts[1]), object_of(parts[2])) : Path{};
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
      if (parts.size() != 3) return {};
      if (is_null(parts[1])) return pointee_of(parts[2]);
      if (is_null(parts[2])) return pointee_of(parts[1]);
      return one_of(pointee_of(parts[1]), pointee_of(parts[2]));
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

Path Body::object_path(const CallParts& parts) {
  if (parts.object == no_node) {
    return parts.on_this ? Path{{RootKind::This, "", 0}, {}} : Path{};
  }
  if (!parts.arrow && is_temporary(parts.object)) return temporary(parts.object);
  return parts.arrow ? pointee_of(parts.object) : object_of(parts.object);
}

}  // namespace snug::evidence
