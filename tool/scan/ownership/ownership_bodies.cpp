// Questions about whole bodies. They are asked only for the few parameters and copies that are
// candidates, so that the shared walk stays the only one over all code.
#include <string_view>

#include "scan/ownership/ownership_context.hpp"

namespace snug::ownership {
namespace {

/// Member functions that are not const but change nothing that a reference to an element would
/// notice.
bool only_looks(std::string_view name) {
  return effects_of_name(name).has(Effect::Looks);
}

/// What takes elements out of a container or moves them to other memory, or takes the object away
/// from a pointer: a reference to an element may dangle behind it.
bool takes_away(std::string_view name) {
  const Effects effects = effects_of_name(name);
  return effects.has(Effect::TakesAway) || effects.has(Effect::Adds) || name == "reserve" ||
         name == "shrink_to_fit";
}

/// Taking or giving back a lock: what is copied under it must not be looked at after it.
bool is_lock_word(std::string_view name) {
  return effects_of_name(name).has(Effect::LockWord);
}

bool is_assignment(CXCursor cursor) {
  if (clang_getCursorKind(cursor) == CXCursor_CompoundAssignOperator) return true;
  return clang_getCursorKind(cursor) == CXCursor_BinaryOperator &&
         clang_getCursorBinaryOperatorKind(cursor) == CXBinaryOperator_Assign;
}

class Look {
 public:
  Look(const Context& context, CXCursor root, std::string_view pointee)
      : context_(context), root_(root), pointee_(pointee) {}

  BodyFacts run(CXCursor body) {
    clang::visit_children(body, [&](CXCursor child, CXCursor) {
      see(child);
      return CXChildVisit_Recurse;
    });
    return facts_;
  }

 private:
  void see(CXCursor cursor) {
    switch (clang_getCursorKind(cursor)) {
      case CXCursor_CallExpr:
        return see_call(cursor);
      case CXCursor_BinaryOperator:
      case CXCursor_CompoundAssignOperator:
        if (is_assignment(cursor)) see_change(first_expression(cursor));
        return;
      case CXCursor_UnexposedExpr:
      case CXCursor_UnexposedStmt:
        return see_keyword(cursor);
      case CXCursor_VarDecl: {
        const CXCursor type = clang_getTypeDeclaration(clang_getCursorType(cursor));
        facts_.source_changes |= is_lock_word(name_of(type));
        return;
      }
      default:
        return;
    }
  }

  static CXCursor first_expression(CXCursor cursor) {
    CXCursor first = clang_getNullCursor();
    clang::visit_children(cursor, [&](CXCursor child, CXCursor) {
      first = child;
      return CXChildVisit_Break;
    });
    return first;
  }

  /// Coroutine statements have no kinds of their own.
  void see_keyword(CXCursor cursor) {
    CXFile file = nullptr;
    unsigned offset = 0;
    clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(cursor)), &file, nullptr,
                              nullptr, &offset);
    if (file == nullptr) return;
    const std::string_view text = context_.sources.text(file);
    if (offset >= text.size() || text[offset] != 'c') return;
    const std::string_view rest = text.substr(offset, 9);
    facts_.coroutine |= rest.starts_with("co_await") || rest.starts_with("co_return") ||
                        rest.starts_with("co_yield");
  }

  void see_change(CXCursor target) {
    if (clang::is_null(root_) || clang::is_null(target)) return;
    facts_.source_changes |= clang_equalCursors(root_of(target), root_) != 0;
  }

  void see_call(CXCursor call) {
    const CXCursor callee = clang_getCursorReferenced(call);
    if (clang::is_null(callee)) {
      facts_.calls_out = true;
      return;
    }
    const std::string name = name_of(callee);
    const CXCursorKind kind = clang_getCursorKind(callee);
    if (kind == CXCursor_Constructor) {
      facts_.source_changes |= is_lock_word(name.substr(0, name.find('<')));
      return;
    }
    if (kind == CXCursor_CXXMethod || kind == CXCursor_ConversionFunction) {
      see_method(call, callee, name);
    } else if (name == "swap" || name == "operator=") {
      see_change(clang_Cursor_getArgument(call, 0));
    }
    const bool harmless = !context_.sources.in_project(clang_getCursorLocation(callee)) ||
                          (kind == CXCursor_CXXMethod && clang_CXXMethod_isConst(callee) != 0);
    facts_.calls_out |= !harmless && kind != CXCursor_ConversionFunction;
    facts_.calls_out |= clang_getCursorKind(callee) == CXCursor_VarDecl ||
                        clang_getCursorKind(callee) == CXCursor_ParmDecl ||
                        clang_getCursorKind(callee) == CXCursor_FieldDecl || name == "operator()";
  }

  void see_method(CXCursor call, CXCursor method, const std::string& name) {
    if (is_lock_word(name) && clang_getCursorResultType(method).kind == CXType_Void) {
      facts_.source_changes = true;
    }
    if (clang_CXXMethod_isConst(method) != 0 || only_looks(name)) return;
    facts_.drops_owners |= takes_away(name) && owns_for_others(call);
    // A call through -> changes what is pointed to, not the pointer.
    const CXCursor callee = first_expression(call);
    if (clang_getCursorKind(callee) == CXCursor_MemberRefExpr) {
      const CXCursor object = stripped(first_expression(callee));
      if (clang::is_null(object) || name_of(object) == "operator->") return;
      see_change(object);
    } else {
      see_change(clang_Cursor_getArgument(call, 0));
    }
  }

  /// The object of a method, or the left side of an operator, holds owning pointers to what the
  /// parameter points to, and outlives the body.
  [[nodiscard]] bool owns_for_others(CXCursor call) const {
    const bool is_operator = name_of(clang_getCursorReferenced(call)).starts_with("operator");
    const CXCursor object = is_operator ? clang_Cursor_getArgument(call, 0)
                                        : stripped(first_expression(first_expression(call)));
    // A member function of its own class, whose object is not written.
    if (clang::is_null(object)) return false;
    const CXCursor root = root_of(object);
    if (clang::is_null(root) || is_local(root)) return false;
    const std::string type = clang::to_string(
        clang_getTypeSpelling(clang_getCanonicalType(clang_getCursorType(object))));
    return type.find(pointee_) != std::string::npos &&
           (type.find("ptr<") != std::string::npos || type.find("rc<") != std::string::npos);
  }

  const Context& context_;
  CXCursor root_;
  std::string_view pointee_;
  BodyFacts facts_;
};

}  // namespace

BodyFacts look_into(const Context& context, CXCursor body, CXCursor root,
                    std::string_view pointee) {
  return Look(context, root, pointee).run(body);
}

bool is_local(CXCursor variable) {
  return clang_getCursorKind(variable) == CXCursor_VarDecl &&
         clang::is_function_or_template(
             clang_getCursorKind(clang_getCursorSemanticParent(variable)));
}

CXCursor root_of(CXCursor expression) {
  for (int depth = 0; depth < 64; ++depth) {
    expression = stripped(expression);
    const CXCursorKind kind = clang_getCursorKind(expression);
    CXCursor first = clang_getNullCursor();
    clang::visit_children(expression, [&](CXCursor child, CXCursor) {
      if (clang_isExpression(clang_getCursorKind(child)) == 0) return CXChildVisit_Continue;
      first = child;
      return CXChildVisit_Break;
    });
    const CXCursor referenced = clang_getCursorReferenced(expression);
    if (kind == CXCursor_DeclRefExpr) return referenced;
    if (kind == CXCursor_MemberRefExpr &&
        (clang::is_null(first) || clang_getCursorKind(first) == CXCursor_CXXThisExpr)) {
      return referenced;
    }
    if (clang::is_null(first)) return clang_getNullCursor();
    expression = first;
  }
  return clang_getNullCursor();
}

}  // namespace snug::ownership
