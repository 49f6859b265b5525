// Counted pointers that are parameters or local variables by value, and what each use of them says.
//
// A use is told by what stands around the name. What the compiler makes const first can only be
// read; what is not understood counts as stored, so that doubt ends in silence.
#include <algorithm>
#include <string_view>

#include "scan/ownership/ownership_context.hpp"

namespace snug::ownership {
namespace {

bool reads(std::string_view name) {
  return effects_of_name(name).has(Effect::LooksAtOwner);
}

/// Functions that take a const reference and keep a copy.
bool stores(std::string_view name) {
  return effects_of_name(name).has(Effect::Keeps) || name.ends_with("_pointer_cast");
}

/// Algorithms that call what they are given for each element, one after the other.
bool calls_for_each(std::string_view name) {
  constexpr std::array<std::string_view, 20> names = {
      "for_each",    "for_each_n",     "transform",        "find_if",
      "find_if_not", "count_if",       "any_of",           "all_of",
      "none_of",     "remove_if",      "copy_if",          "accumulate",
      "partition",   "sort",           "stable_sort",      "replace_if",
      "reduce",      "partition_copy", "stable_partition", "max_element"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

class Use {
 public:
  Use(Context& context, CXCursor reference, Ancestors ancestors)
      : context_(context), reference_(reference), ancestors_(ancestors) {}

  OwnerUse kind() {
    if (clang_getCursorKind(reference_) == CXCursor_VariableRef) return OwnerUse::Captured;
    std::size_t left = ancestors_.size();
    bool is_const = false;
    const auto skip = [&] {
      while (left > 0 && is_conversion(clang_getCursorKind(ancestors_[left - 1]))) {
        --left;
        is_const |= clang_isConstQualifiedType(clang_getCursorType(ancestors_[left])) != 0;
      }
    };
    skip();
    // first and second of a pair.
    if (left > 0 && clang_getCursorKind(ancestors_[left - 1]) == CXCursor_MemberRefExpr) {
      const std::string name = name_of(ancestors_[left - 1]);
      if (name == "first") return OwnerUse::Read;
      if (name == "second") {
        if (!is_direct_owner(clang_getCursorType(ancestors_[left - 1]), context_)) {
          return OwnerUse::Read;
        }
        --left;
        skip();
      }
    }
    return left == 0 ? OwnerUse::Stored : in(ancestors_[left - 1], left, is_const);
  }

  /// Stored only for that a function of the project takes it by value.
  [[nodiscard]] bool handed_on() const { return handed_on_; }

 private:
  OwnerUse in(CXCursor parent, std::size_t left, bool is_const) {
    switch (clang_getCursorKind(parent)) {
      case CXCursor_MemberRefExpr:
        return as_object(name_of(parent));
      case CXCursor_CallExpr:
        return as_argument(parent, left, is_const);
      case CXCursor_LambdaExpr:
        return OwnerUse::Captured;
      case CXCursor_ReturnStmt:
        return OwnerUse::Returned;
      case CXCursor_CompoundStmt:  // `p;`
        return OwnerUse::Read;
      case CXCursor_CStyleCastExpr:  // `(void)p;`
        return clang_getCursorType(parent).kind == CXType_Void ? OwnerUse::Read : OwnerUse::Stored;
      default:
        return OwnerUse::Stored;
    }
  }

  static OwnerUse as_object(std::string_view method) {
    if (reads(method) || method == "borrow") return OwnerUse::Read;
    return method == "reset" || method == "swap" ? OwnerUse::Assigned : OwnerUse::Stored;
  }

  OwnerUse as_argument(CXCursor call, std::size_t left, bool is_const) {
    const CXCursor callee = clang_getCursorReferenced(call);
    if (clang::is_null(callee)) return OwnerUse::Stored;
    const CXCursorKind kind = clang_getCursorKind(callee);
    const std::string name = name_of(callee);
    if (kind == CXCursor_Constructor) {
      const std::size_t outer = above_conversions(ancestors_.first(left - 1));
      const bool returned =
          outer > 0 && clang_getCursorKind(ancestors_[outer - 1]) == CXCursor_ReturnStmt;
      handed_on_ =
          !returned && copies(callee) && hands_on(context_, call, ancestors_.first(left - 1));
      return returned ? OwnerUse::Returned : OwnerUse::Stored;
    }
    if (kind == CXCursor_ConversionFunction || reads(name)) return OwnerUse::Read;
    if (name == "operator=" && same_place(call, reference_)) return OwnerUse::Assigned;
    if (name == "move" || name == "forward") return OwnerUse::Moved;
    if (name == "swap" || name == "exchange") return OwnerUse::Assigned;
    if (!is_const || stores(name)) return OwnerUse::Stored;
    return OwnerUse::Read;
  }

  Context& context_;
  CXCursor reference_;
  Ancestors ancestors_;
  bool handed_on_ = false;
};

/// The number of a parameter among those of a function or a lambda.
std::uint32_t index_of(CXCursor parameter, CXCursor owner) {
  std::uint32_t index = 0;
  std::uint32_t next = 0;
  clang::visit_children(owner, [&](CXCursor child, CXCursor) {
    if (clang_getCursorKind(child) != CXCursor_ParmDecl) return CXChildVisit_Continue;
    if (clang_equalCursors(child, parameter) != 0) index = next;
    ++next;
    return CXChildVisit_Continue;
  });
  return index;
}

/// An algorithm copies each element into the parameter of the lambda that it is given.
void note_algorithm(Context& context, std::uint32_t index, Ancestors ancestors) {
  const std::size_t left = above_conversions(ancestors.first(ancestors.size() - 1));
  if (left == 0 || clang_getCursorKind(ancestors[left - 1]) != CXCursor_CallExpr) return;
  const CXCursor callee = clang_getCursorReferenced(ancestors[left - 1]);
  if (clang::is_null(callee) || !calls_for_each(name_of(callee)) ||
      context.sources.in_project(clang_getCursorLocation(callee))) {
    return;
  }
  OwnerArgument fact;
  fact.where = context.range(ancestors[left - 1]);
  fact.function_id = Context::function_id(ancestors.back());
  fact.index = index;
  fact.copied = true;
  fact.in_loop = true;
  fact.caller = context.function_name(ancestors.first(left - 1));
  context.facts.arguments.push_back(std::move(fact));
}

/// The call of the copying constructor that initialises a variable, or null.
CXCursor copying_initialiser(CXCursor variable) {
  const CXCursor value = stripped(last_expression(variable));
  if (clang::is_null(value) || clang_getCursorKind(value) != CXCursor_CallExpr) {
    return clang_getNullCursor();
  }
  const bool copy =
      copies(clang_getCursorReferenced(value)) && clang_Cursor_getNumArguments(value) == 1;
  return copy ? value : clang_getNullCursor();
}

/// make_shared and its kin, or a constructor that is given a new object.
bool makes_owner(CXCursor variable) {
  const CXCursor value = stripped(last_expression(variable));
  if (clang::is_null(value) || clang_getCursorKind(value) != CXCursor_CallExpr) return false;
  if (effects_of_name(name_of(clang_getCursorReferenced(value))).has(Effect::MakesCounted)) {
    return true;
  }
  return clang_Cursor_getNumArguments(value) == 1 &&
         clang_getCursorKind(stripped(clang_Cursor_getArgument(value, 0))) == CXCursor_CXXNewExpr;
}

const TypeFacts* pair_with_owner(Context& context, CXType type) {
  const TypeFacts* facts = context.types.find(type);
  if (facts == nullptr || facts->kind != TypeKind::Pair) return nullptr;
  return context.types.counted(facts->element);
}

/// The expression that a range-for goes over.
CXCursor range_of_loop(CXCursor loop) {
  std::vector<CXCursor> parts;
  clang::visit_children(loop, [&](CXCursor child, CXCursor) {
    parts.push_back(child);
    return CXChildVisit_Continue;
  });
  return parts.size() < 2 ? clang_getNullCursor() : parts[parts.size() - 2];
}

Variable new_variable(Context& context, CXCursor cursor, Ancestors ancestors,
                      const TypeFacts& type) {
  Variable variable;
  variable.cursor = cursor;
  variable.function = function_around(ancestors, &variable.lambdas);
  variable.loop = clang_getNullCursor();
  variable.around = context.function_name(ancestors);
  variable.type = type.owner;
  return variable;
}

void note_copy(Variable& variable, Ancestors ancestors) {
  variable.loop = loop_around(ancestors);
  variable.element =
      !ancestors.empty() && clang_getCursorKind(ancestors.back()) == CXCursor_CXXForRangeStmt;
  const CXCursor copy = copying_initialiser(variable.cursor);
  variable.made = makes_owner(variable.cursor);
  if (clang::is_null(copy)) return;
  variable.copied = true;
  const CXType type = clang_getCursorType(clang_getCursorReferenced(copy));
  const CXType from = clang_getPointeeType(clang_getCanonicalType(clang_getArgType(type, 0)));
  const CXType to = clang_getCanonicalType(clang_getCursorType(variable.cursor));
  variable.converts = clang_equalTypes(clang_getUnqualifiedType(clang_getCanonicalType(from)),
                                       clang_getUnqualifiedType(to)) == 0;
  variable.source =
      variable.element ? range_of_loop(ancestors.back()) : clang_Cursor_getArgument(copy, 0);
}

}  // namespace

void see_parameter(Context& context, CXCursor parameter, Ancestors ancestors) {
  const TypeFacts* type = context.types.counted(clang_getCursorType(parameter));
  if (type == nullptr || ancestors.empty()) return;
  const CXCursor owner = ancestors.back();
  const CXCursorKind kind = clang_getCursorKind(owner);
  const bool lambda = kind == CXCursor_LambdaExpr;
  if (!lambda && !clang::is_function_or_template(kind)) return;
  std::uint32_t index = lambda ? index_of(parameter, owner) : 0;
  const int count = lambda ? 0 : clang_Cursor_getNumArguments(owner);
  for (int i = 0; i < count; ++i) {
    const CXCursor one = clang_Cursor_getArgument(owner, static_cast<unsigned>(i));
    if (clang_equalCursors(one, parameter) != 0) index = static_cast<std::uint32_t>(i);
  }
  if (lambda) {
    context.facts.declarations.push_back(
        {Context::function_id(owner), index, declarator(context, parameter)});
    note_algorithm(context, index, ancestors);
  } else {
    ParameterDeclaration declaration;
    declaration.function_id = Context::function_id(owner);
    declaration.index = index;
    declaration.place = declarator(context, parameter);
    context.facts.declarations.push_back(declaration);
    const CXCursor first = clang_getCanonicalCursor(owner);
    if (clang_equalCursors(first, owner) == 0) {
      const CXCursor other = clang_Cursor_getArgument(first, index);
      if (!clang::is_null(other)) {
        declaration.place = declarator(context, other);
        context.facts.declarations.push_back(std::move(declaration));
      }
    }
    if (clang_isCursorDefinition(owner) == 0) return;
  }
  Variable variable = new_variable(context, parameter, ancestors, *type);
  variable.parameter = true;
  variable.index = index;
  context.variables.emplace(parameter, std::move(variable));
}

void see_variable(Context& context, CXCursor cursor, Ancestors ancestors) {
  const CXType declared = clang_getCursorType(cursor);
  const TypeFacts* type = context.types.counted(declared);
  const TypeFacts* pair = type == nullptr ? pair_with_owner(context, declared) : nullptr;
  if (type == nullptr && pair == nullptr) return;
  if (clang::is_null(function_around(ancestors)) ||
      clang_Cursor_getStorageClass(cursor) == CX_SC_Static ||
      clang_Cursor_getStorageClass(cursor) == CX_SC_Extern) {
    return;
  }
  Variable variable = new_variable(context, cursor, ancestors, type != nullptr ? *type : *pair);
  variable.in_pair = pair != nullptr;
  note_copy(variable, ancestors);
  if (variable.in_pair && !variable.element) return;
  context.variables.emplace(cursor, std::move(variable));
}

void see_binding(Context& context, CXCursor declaration, Ancestors ancestors) {
  if (ancestors.empty() || clang_getCursorKind(ancestors.back()) != CXCursor_CXXForRangeStmt) {
    return;
  }
  const TypeFacts* pair = pair_with_owner(context, clang_getCursorType(declaration));
  if (pair == nullptr) return;
  Variable variable = new_variable(context, declaration, ancestors, *pair);
  variable.in_pair = true;
  note_copy(variable, ancestors);
  if (!variable.copied) return;
  clang::visit_children(declaration, [&](CXCursor child, CXCursor) {
    if (clang_getCursorKind(child) == CXCursor_UnexposedDecl) {
      context.bindings.emplace(child, declaration);
    }
    return CXChildVisit_Continue;
  });
  context.variables.emplace(declaration, std::move(variable));
}

namespace {

/// The assignment, if the reference is the left of `n = n->next` in a loop.
CXCursor walk_step(Context& context, CXCursor reference, Ancestors ancestors, CXCursor* loop) {
  const std::size_t left = above_conversions(ancestors);
  if (left == 0) return clang_getNullCursor();
  const CXCursor call = ancestors[left - 1];
  if (clang_getCursorKind(call) != CXCursor_CallExpr || !same_place(call, reference) ||
      clang_Cursor_getNumArguments(call) != 2) {
    return clang_getNullCursor();
  }
  const CXCursor assign = clang_getCursorReferenced(call);
  if (name_of(assign) != "operator=") return clang_getNullCursor();
  const CXType type = clang_getCursorType(assign);
  const CXCursor value = stripped(clang_Cursor_getArgument(call, 1));
  const bool copy =
      clang_getNumArgTypes(type) == 1 &&
      clang_getCanonicalType(clang_getArgType(type, 0)).kind == CXType_LValueReference;
  if (!copy || clang_getCursorKind(value) != CXCursor_MemberRefExpr ||
      !is_direct_owner(clang_getCursorType(value), context)) {
    return clang_getNullCursor();
  }
  const CXCursor root = root_of(value);
  if (clang_equalCursors(root, clang_getCursorReferenced(reference)) == 0) {
    return clang_getNullCursor();
  }
  *loop = loop_around(ancestors);
  return clang::is_null(*loop) ? clang_getNullCursor() : call;
}

}  // namespace

void see_reference(Context& context, CXCursor reference, Ancestors ancestors) {
  Variable* variable = context.variable(reference);
  if (variable == nullptr) return;
  SourceRange where = context.range(reference);
  variable->last_use = std::max(variable->last_use, where.begin);
  std::size_t lambdas = 0;
  static_cast<void>(function_around(ancestors, &lambdas));
  CXCursor loop = clang_getNullCursor();
  const CXCursor step = walk_step(context, reference, ancestors, &loop);
  if (!clang::is_null(step)) {
    variable->walks.emplace_back(context.range(step), loop);
    return;
  }
  Use how(context, reference, ancestors);
  OwnerUse use = how.kind();
  const bool captured = lambdas > variable->lambdas;
  if (captured) use = OwnerUse::Captured;
  const bool handed_on = !captured && how.handed_on();
  if (use == OwnerUse::Read) {
    ++variable->reads;
    if (!variable->first_read.known()) variable->first_read = std::move(where);
    return;
  }
  if (handed_on) {
    ++variable->reads;
    if (!variable->first_read.known()) variable->first_read = where;
  } else {
    variable->own_use = std::max(variable->own_use, use);
  }
  if (use > variable->use) {
    variable->use = use;
    variable->use_where = std::move(where);
  }
}

}  // namespace snug::ownership
