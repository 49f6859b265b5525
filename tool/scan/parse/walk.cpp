#include "scan/parse/walk.hpp"

#include <deque>
#include <unordered_set>
#include <vector>

#include "scan/parse/clang.hpp"
#include "scan/parse/sources.hpp"

namespace snug {

namespace {

class Walker {
 public:
  Walker(const Sources& sources, const CursorCallback& on_cursor, const RecordCallback& on_record)
      : sources_(sources), on_cursor_(on_cursor), on_record_(on_record) {}

  void run() {
    walk_scope(clang_getTranslationUnitCursor(sources_.unit()));
    while (!functions_.empty()) {
      const CXCursor function = functions_.front();
      functions_.pop_front();
      walk_body(function);
    }
  }

 private:
  /// Namespaces, linkage specifications and the unit itself: their parts may lie in other files.
  void walk_scope(CXCursor scope) {
    clang::visit_children(scope, [&](CXCursor child, CXCursor) {
      const CXCursorKind kind = clang_getCursorKind(child);
      if (clang_isDeclaration(kind) == 0) {
        return CXChildVisit_Continue;
      }
      if (!sources_.in_project(clang_getCursorLocation(child))) {
        return CXChildVisit_Continue;
      }
      if (kind == CXCursor_Namespace || kind == CXCursor_LinkageSpec ||
          kind == CXCursor_UnexposedDecl) {
        visit(child, true);
        stack_.push_back(child);
        walk_scope(child);
        stack_.pop_back();
      } else {
        walk_tree(child, true);
      }
      return CXChildVisit_Continue;
    });
  }

  /// A cursor and everything below it. One visit with an explicit stack: a visit for each level
  /// costs the front end more than the work itself.
  void walk_tree(CXCursor root, bool project) {
    visit(root, project);
    stack_.push_back(root);
    const std::size_t base = stack_.size();
    clang::visit_children(root, [&](CXCursor child, CXCursor parent) {
      stack_.resize(depth_of(parent, base));
      visit(child, project);
      stack_.push_back(child);
      return CXChildVisit_Recurse;
    });
    stack_.resize(base - 1);
  }

  /// How much of the stack is above a child of `parent`, at least `base`.
  [[nodiscard]] std::size_t depth_of(CXCursor parent, std::size_t base) const {
    std::size_t lambda = base;
    for (std::size_t depth = stack_.size(); depth > base; --depth) {
      if (clang_equalCursors(stack_[depth - 1], parent) != 0) {
        return depth;
      }
      if (lambda == base && clang_getCursorKind(stack_[depth - 1]) == CXCursor_LambdaExpr) {
        lambda = depth;
      }
    }
    // What initialises a capture is shown without its topmost expression: its parent was not met.
    return clang_equalCursors(stack_[base - 1], parent) != 0 ? base : lambda;
  }

  void walk_body(CXCursor function) {
    stack_.clear();
    walk_tree(function, sources_.in_project(clang_getCursorLocation(function)));
  }

  void visit(CXCursor cursor, bool project) {
    const CXCursorKind kind = clang_getCursorKind(cursor);
    if (project) {
      on_cursor_(cursor, stack_);
    }
    if (clang::is_function(kind)) {
      seen_functions_.insert(cursor);
    }
    if (clang_isDeclaration(kind) != 0 || clang_isExpression(kind) != 0 ||
        kind == CXCursor_TypeRef || kind == CXCursor_CXXBaseSpecifier) {
      note_type(clang_getCursorType(cursor));
    }
    switch (kind) {
      case CXCursor_CallExpr:
      case CXCursor_DeclRefExpr:
      case CXCursor_MemberRefExpr:
      case CXCursor_MemberRef:
        note_function(clang_getCursorReferenced(cursor));
        break;
      default:
        break;
    }
  }

  /// Follows an instantiated function or variable; others are met in the source.
  void note_function(CXCursor referenced) {
    const CXCursorKind kind = clang_getCursorKind(referenced);
    if (!(clang::is_function(kind) || kind == CXCursor_VarDecl) ||
        !seen_references_.insert(referenced).second) {
      return;
    }
    note_types_of(referenced);
    if (clang::is_null(clang_getSpecializedCursorTemplate(referenced))) {
      return;
    }
    const CXCursor definition = clang_getCursorDefinition(referenced);
    if (clang::is_null(definition) || !seen_functions_.insert(definition).second) {
      return;
    }
    functions_.push_back(definition);
  }

  /// What the name of a function says: Pool<Order>::bytes() uses Pool<Order>, size_of<Order>()
  /// Order, though neither has a variable.
  void note_types_of(CXCursor referenced) {
    const CXCursor scope = clang_getCursorSemanticParent(referenced);
    const CXCursorKind kind = clang_getCursorKind(scope);
    if (kind == CXCursor_StructDecl || kind == CXCursor_ClassDecl) {
      note_type(clang_getCursorType(scope));
    }
    const int count = clang_Cursor_getNumTemplateArguments(referenced);
    for (int i = 0; i < count; ++i) {
      const auto at = static_cast<unsigned>(i);
      if (clang_Cursor_getTemplateArgumentKind(referenced, at) == CXTemplateArgumentKind_Type) {
        note_type(clang_Cursor_getTemplateArgumentType(referenced, at));
      }
    }
  }

  void note_type(CXType type) {
    const CXType canonical = clang_getCanonicalType(type);
    // The address of the type stands for it; nothing else tells equal types apart as cheaply.
    if (canonical.kind == CXType_Invalid || !seen_types_.insert(canonical.data[0]).second) {
      return;
    }
    switch (canonical.kind) {
      case CXType_MemberPointer:  // clang_Type_getClassType crashes on dependent ones
      case CXType_Pointer:
      case CXType_LValueReference:
      case CXType_RValueReference:
        note_type(clang_getPointeeType(canonical));
        break;
      case CXType_ConstantArray:
      case CXType_IncompleteArray:
        note_type(clang_getArrayElementType(canonical));
        break;
      case CXType_Atomic:
        note_type(clang_Type_getValueType(canonical));
        break;
      case CXType_FunctionProto:
      case CXType_FunctionNoProto:
        note_signature(canonical);
        break;
      case CXType_Record:
        note_record(canonical);
        break;
      default:
        break;
    }
  }

  void note_signature(CXType type) {
    note_type(clang_getResultType(type));
    const int count = clang_getNumArgTypes(type);
    for (int i = 0; i < count; ++i) {
      note_type(clang_getArgType(type, static_cast<unsigned>(i)));
    }
  }

  void note_record(CXType type) {
    const int count = clang_Type_getNumTemplateArguments(type);
    for (int i = 0; i < count; ++i) {
      note_type(clang_Type_getTemplateArgumentAsType(type, static_cast<unsigned>(i)));
    }
    const CXCursor declaration = clang_getTypeDeclaration(type);
    const CXCursor outer = clang_getCursorSemanticParent(declaration);
    const CXCursorKind outer_kind = clang_getCursorKind(outer);
    if (outer_kind == CXCursor_StructDecl || outer_kind == CXCursor_ClassDecl ||
        outer_kind == CXCursor_UnionDecl) {
      note_type(clang_getCursorType(outer));
    }
    if (clang_Type_getSizeOf(type) < 0) {
      return;
    }
    on_record_(type);
    clang::visit_bases(type, [&](CXCursor base) { note_type(clang_getCursorType(base)); });
    clang::visit_fields(type, [&](CXCursor field) { note_type(clang_getCursorType(field)); });
    const bool instantiated = !clang::is_null(clang_getSpecializedCursorTemplate(declaration));
    if (instantiated && sources_.in_project(clang_getCursorLocation(declaration))) {
      clang::visit_methods(type, [&](CXCursor method) {
        note_type(clang_getCursorType(method));
        note_function(method);
      });
    }
  }

  const Sources& sources_;
  const CursorCallback& on_cursor_;
  const RecordCallback& on_record_;
  std::vector<CXCursor> stack_;
  std::deque<CXCursor> functions_;
  clang::CursorSet seen_functions_;
  clang::CursorSet seen_references_;
  std::unordered_set<const void*> seen_types_;
};

}  // namespace

void walk(const Sources& sources, const CursorCallback& on_cursor,
          const RecordCallback& on_record) {
  Walker(sources, on_cursor, on_record).run();
}

}  // namespace snug
