// The parts of a call, what its arguments hand over, and which constructors run in code that was
// not read: make_unique<T>(...), emplace_back(...).
//
// Of those the front end shows the call of the library's function and its arguments. Which
// constructor of the project's class they end up in is found by their number and types; of several
// that fit as well as each other none is taken.
#include <algorithm>

#include "scan/evidence/evidence_body.hpp"

namespace snug::evidence {

namespace {

constexpr int most_bases = 4;

/// Without references and qualifiers.
CXType plain_type(CXType type) {
  CXType at = clang_getCanonicalType(type);
  if (at.kind == CXType_LValueReference || at.kind == CXType_RValueReference) {
    at = clang_getCanonicalType(clang_getPointeeType(at));
  }
  return clang_getUnqualifiedType(at);
}

bool has_default(CXCursor parameter) {
  bool found = false;
  clang::visit_children(parameter, [&](CXCursor child, CXCursor) {
    found = found || clang_isExpression(clang_getCursorKind(child)) != 0;
    return CXChildVisit_Continue;
  });
  return found;
}

bool is_scalar(const TypeFacts& type) {
  return type.number || type.pointer;
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
  if (type.number && !(wanted != nullptr && wanted->reference && !wanted->is_const)) {
    made.path = value_path(node);
    return made;
  }
  const bool points = type_of(node).pointer || type.pointer || type.smart ||
                      (type.array && (wanted == nullptr || !wanted->reference)) ||
                      (wanted != nullptr && wanted->pointer);
  made.by_reference = points || (wanted != nullptr && wanted->reference);
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

/// Those of the class and, if it says `using Base::Base`, of its bases.
const std::vector<CXCursor>& Context::constructors(CXType type) {
  CXType at = clang_getCanonicalType(type);
  const auto [place, added] = constructors_.try_emplace(clang_getTypeDeclaration(at));
  std::vector<CXCursor>& found = place->second;
  if (!added) return found;
  bool more = true;
  for (int depth = 0; depth < most_bases && more && at.kind == CXType_Record; ++depth) {
    CXType base{CXType_Invalid, {nullptr, nullptr}};
    more = false;
    clang::visit_children(clang_getTypeDeclaration(at), [&](CXCursor child, CXCursor) {
      const CXCursorKind kind = clang_getCursorKind(child);
      if (kind == CXCursor_Constructor) found.push_back(child);
      if (kind == CXCursor_UsingDeclaration) more = true;
      if (kind == CXCursor_CXXBaseSpecifier && base.kind == CXType_Invalid) {
        base = clang_getCanonicalType(clang_getCursorType(child));
      }
      return CXChildVisit_Continue;
    });
    at = base;
  }
  return found;
}

/// How well the constructor takes the arguments; -1: not at all.
int Body::fit(CXCursor constructor, const std::vector<NodeId>& arguments) {
  const auto count = static_cast<std::size_t>(clang_Cursor_getNumArguments(constructor));
  if (count < arguments.size()) return -1;
  for (std::size_t i = arguments.size(); i < count; ++i) {
    if (!has_default(clang_Cursor_getArgument(constructor, static_cast<unsigned>(i)))) return -1;
  }
  int score = 0;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const CXCursor parameter = clang_Cursor_getArgument(constructor, static_cast<unsigned>(i));
    const CXType wanted = plain_type(clang_getCursorType(parameter));
    const CXType given = plain_type(clang_getCursorType(tree_[strip(arguments[i])].cursor));
    const bool same = clang_equalTypes(wanted, given) != 0;
    const TypeFacts& from = context_.type(given);
    const TypeFacts& to = context_.type(wanted);
    const bool scalars = is_scalar(from) && is_scalar(to);
    // A class of the project and a number or pointer are not taken for each other, nor are these.
    if (!same && from.record && from.project && is_scalar(to)) return -1;
    if (!same && to.record && to.project && is_scalar(from)) return -1;
    if (!same && scalars && from.pointer != to.pointer && !is_null(arguments[i])) return -1;
    score += same ? 2 : is_scalar(from) == is_scalar(to) ? 1 : 0;
  }
  return score;
}

/// Notes that a constructor of the project runs with the arguments.
void Body::constructed(NodeId node, CXType type, const std::vector<NodeId>& arguments,
                       Path object) {
  if (type.kind == CXType_Invalid || !context_.type(type).project) return;
  CXCursor best = clang_getNullCursor();
  int most = -1;
  for (const CXCursor constructor : context_.constructors(type)) {
    const int fits = fit(constructor, arguments);
    if (fits < 0 || fits < most) continue;
    best = fits == most ? clang_getNullCursor() : constructor;
    most = fits;
  }
  if (clang::is_null(best)) return;
  const CalleeFacts& callee = context_.callee(best);
  if (callee.id.empty()) return;
  Call made;
  made.callee = callee.id;
  made.name = callee.name;
  made.loop = loop_;
  made.recurs = recurs_;
  made.where = context_.spot(tree_[node].cursor);
  made.object.path = std::move(object);
  made.object.by_reference = true;
  const CXType signature = clang_getCursorType(best);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const CXType parameter = clang_getArgType(signature, static_cast<unsigned>(i));
    made.arguments.push_back(argument(arguments[i], &parameter));
  }
  function.calls.push_back(std::move(made));
}

/// The object that an expression makes for the time being: `Runner(x).start()`.
Path Body::temporary(NodeId node) {
  const NodeId plain = strip(node);
  const TypeFacts& type = type_of(plain);
  const auto [place, added] = temporaries_.try_emplace(plain, function.locals.size());
  if (added) {
    Local local;
    local.name = "a temporary " + std::string(last_part(type.name));
    local.type = context_.names().type(clang_getCursorType(tree_[plain].cursor));
    local.record_id = type.record_id;
    local.loop = loop_;
    local.where = context_.spot(tree_[plain].cursor);
    function.locals.push_back(std::move(local));
  }
  return {{RootKind::Local, "", place->second}, {}};
}

/// True if a constructor of the project makes the object right here.
bool Body::is_temporary(NodeId node) const {
  const NodeId plain = strip(node);
  if (plain == no_node || tree_[plain].kind != CXCursor_CallExpr) return false;
  const CXCursor called = clang_getCursorReferenced(tree_[plain].cursor);
  if (clang_getCursorKind(called) != CXCursor_Constructor || !type_of(plain).project) return false;
  const CXCursorKind above = tree_[tree_[plain].parent].kind;
  return above != CXCursor_VarDecl && above != CXCursor_CXXNewExpr;
}

}  // namespace snug::evidence
