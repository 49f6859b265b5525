#include "scan/uses_effects.hpp"

#include <algorithm>

namespace snug::uses {

namespace {

bool shares(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& name) { return b.contains(name); });
}

bool takes_away(const Effects& a, const Effects& b) {
  return !a.moved.empty() && (b.indirect || shares(a.moved, b.names) || shares(a.moved, b.moved));
}

bool is_in_std(CXCursor declaration) {
  CXCursor scope = clang_getCursorSemanticParent(declaration);
  std::string outermost;
  while (!clang::is_null(scope) && clang_isDeclaration(clang_getCursorKind(scope)) != 0) {
    if (clang_getCursorKind(scope) == CXCursor_Namespace) outermost = spelling(scope);
    scope = clang_getCursorSemanticParent(scope);
  }
  return outermost == "std";
}

/// A name for a variable that no other one has.
std::string key_of(CXCursor variable) {
  CXFile file = nullptr;
  const CXCursor first = clang_getCanonicalCursor(variable);
  const unsigned at = begin_offset(first, &file);
  return spelling(variable) + "@" + std::to_string(at);
}

bool is_reference(CXType type) {
  return type.kind == CXType_LValueReference || type.kind == CXType_RValueReference;
}

class Finder {
 public:
  explicit Finder(Context& context) : context_(context) {}

  void look_at(CXCursor cursor) {
    switch (clang_getCursorKind(cursor)) {
      case CXCursor_IntegerLiteral:
      case CXCursor_FloatingLiteral:
      case CXCursor_ImaginaryLiteral:
      case CXCursor_StringLiteral:
      case CXCursor_CharacterLiteral:
      case CXCursor_CXXBoolLiteralExpr:
      case CXCursor_CXXNullPtrLiteralExpr:
      case CXCursor_GNUNullExpr:
      case CXCursor_UnaryExpr:
      case CXCursor_SizeOfPackExpr:
      case CXCursor_CXXThisExpr:
      case CXCursor_AddrLabelExpr:
      case CXCursor_TypeRef:
      case CXCursor_TemplateRef:
      case CXCursor_NamespaceRef:
      case CXCursor_MemberRef:
      case CXCursor_OverloadedDeclRef:
        return;
      case CXCursor_DeclRefExpr:
        return look_at_name(cursor);
      case CXCursor_MemberRefExpr:
        return look_at_member(cursor);
      case CXCursor_ArraySubscriptExpr:
        effects_.reads = effects_.indirect = true;
        return look_inside(cursor);
      case CXCursor_UnaryOperator:
        return look_at_unary(cursor);
      case CXCursor_BinaryOperator:
        return look_at_binary(cursor);
      case CXCursor_InitListExpr:
      case CXCursor_CXXParenListInitExpr:
        effects_.acts |= !is_quiet(clang_getCursorType(cursor));
        return look_inside(cursor);
      case CXCursor_ConditionalOperator:
      case CXCursor_ParenExpr:
      case CXCursor_UnexposedExpr:
      case CXCursor_CompoundLiteralExpr:
      case CXCursor_CStyleCastExpr:
      case CXCursor_CXXStaticCastExpr:
      case CXCursor_CXXConstCastExpr:
      case CXCursor_CXXReinterpretCastExpr:
      case CXCursor_CXXFunctionalCastExpr:
        return look_inside(cursor);
      case CXCursor_CallExpr:
        return look_at_call(cursor);
      case CXCursor_LambdaExpr:
        return look_at_lambda(cursor);
      default:
        effects_.acts = true;
    }
  }

  /// True if making and copying values of the type runs no code of the project.
  [[nodiscard]] bool is_quiet(CXType type) {
    type = clang_getCanonicalType(type);
    if (type.kind == CXType_ConstantArray) return is_quiet(clang_getArrayElementType(type));
    if (type.kind != CXType_Record) return type.kind != CXType_Invalid;
    if (clang_isPODType(type) != 0) return true;
    const auto [known, is_new] = quiet_.try_emplace(clang_getTypeDeclaration(type), true);
    if (!is_new) return known->second;  // a type that holds its own kind: the others decide
    const bool quiet = is_quiet_class(type);
    return quiet_[clang_getTypeDeclaration(type)] = quiet;
  }

  [[nodiscard]] Effects& effects() { return effects_; }

 private:
  bool is_quiet_class(CXType type) {
    if (is_in_std(clang_getTypeDeclaration(type))) {
      const int count = clang_Type_getNumTemplateArguments(type);
      for (int i = 0; i < count; ++i) {
        const CXType part = clang_Type_getTemplateArgumentAsType(type, static_cast<unsigned>(i));
        if (part.kind != CXType_Invalid && !is_quiet(part)) return false;
      }
      return true;
    }
    const RecordFacts* record = context_.record(type);
    return record != nullptr && record->aggregate &&
           std::all_of(record->bases.begin(), record->bases.end(),
                       [&](CXType base) { return is_quiet(base); }) &&
           std::all_of(record->fields.begin(), record->fields.end(),
                       [&](const FieldFacts& field) { return is_quiet(field.type); });
  }

  void look_inside(CXCursor cursor) {
    for (const CXCursor child : children_of(cursor)) look_at(child);
  }

  void look_at_name(CXCursor reference) {
    const CXCursor variable = clang_getCursorReferenced(reference);
    const CXCursorKind kind = clang_getCursorKind(variable);
    if (kind == CXCursor_EnumConstantDecl || kind == CXCursor_FunctionDecl ||
        kind == CXCursor_CXXMethod || kind == CXCursor_NonTypeTemplateParameter) {
      return;
    }
    const CXType type = clang_getCursorType(variable);
    if ((kind != CXCursor_VarDecl && kind != CXCursor_ParmDecl) ||
        clang_isVolatileQualifiedType(type) != 0) {
      effects_.acts = true;
      return;
    }
    if (clang_isConstQualifiedType(type) != 0 && kind == CXCursor_VarDecl && is_quiet(type)) {
      return;  // nobody can change it
    }
    effects_.reads = true;
    effects_.indirect |= type.kind == CXType_LValueReference ||
                         (kind == CXCursor_VarDecl && type.kind == CXType_RValueReference);
    effects_.names.insert(key_of(variable));
  }

  void look_at_member(CXCursor member) {
    const CXCursor field = clang_getCursorReferenced(member);
    const CXCursorKind kind = clang_getCursorKind(field);
    if (kind == CXCursor_EnumConstantDecl) return;
    const CXType type = clang_getCursorType(field);
    effects_.acts |= (kind != CXCursor_FieldDecl && kind != CXCursor_VarDecl) ||
                     clang_isVolatileQualifiedType(type) != 0;
    effects_.reads = true;
    bool has_object = false;
    for (const CXCursor child : children_of(member)) {
      if (clang_isExpression(clang_getCursorKind(child)) == 0) continue;
      has_object = true;
      effects_.indirect |=
          clang_getCanonicalType(clang_getCursorType(child)).kind == CXType_Pointer;
      look_at(child);
    }
    effects_.indirect |= !has_object || is_reference(type);
  }

  void look_at_unary(CXCursor cursor) {
    switch (clang_getCursorUnaryOperatorKind(cursor)) {
      case CXUnaryOperator_PostInc:
      case CXUnaryOperator_PostDec:
      case CXUnaryOperator_PreInc:
      case CXUnaryOperator_PreDec:
      case CXUnaryOperator_Coawait:
        effects_.acts = true;
        return;
      case CXUnaryOperator_Deref:
        effects_.reads = effects_.indirect = true;
        return look_inside(cursor);
      default:
        return look_inside(cursor);
    }
  }

  void look_at_binary(CXCursor cursor) {
    const CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(cursor);
    effects_.acts |= kind == CXBinaryOperator_Assign;
    if (kind == CXBinaryOperator_PtrMemD || kind == CXBinaryOperator_PtrMemI) {
      effects_.reads = effects_.indirect = true;
    }
    look_inside(cursor);
  }

  void look_at_call(CXCursor call) {
    const CXCursor function = clang_getCursorReferenced(call);
    if (clang_getCursorKind(function) == CXCursor_Constructor) {
      effects_.acts |= !is_quiet(clang_getCursorType(call));
      return look_inside(call);
    }
    const std::string name = callee_name(call);
    const bool is_std = !clang::is_null(function) && is_in_std(function);
    if (is_std && name.starts_with("operator\"\"")) return;
    if (is_std && (name == "move" || name == "forward") &&
        clang_Cursor_getNumArguments(call) == 1) {
      return look_at_moved(clang_Cursor_getArgument(call, 0));
    }
    effects_.acts = true;
  }

  void look_at_moved(CXCursor operand) {
    operand = strip_implicit(operand);
    const CXCursor variable = clang_getCursorReferenced(operand);
    const CXCursorKind kind = clang_getCursorKind(variable);
    const bool parameter = kind == CXCursor_ParmDecl;
    const bool local = kind == CXCursor_VarDecl && !is_reference(clang_getCursorType(variable)) &&
                       clang_Cursor_hasVarDeclGlobalStorage(variable) == 0;
    if (clang_getCursorKind(operand) != CXCursor_DeclRefExpr || (!parameter && !local)) {
      effects_.acts = true;
      return;
    }
    effects_.reads = true;
    effects_.moved.insert(key_of(variable));
  }

  /// A lambda without captures is a constant.
  void look_at_lambda(CXCursor lambda) {
    for (const CXCursor child : children_of(lambda)) {
      const CXCursorKind kind = clang_getCursorKind(child);
      effects_.acts |= kind != CXCursor_CompoundStmt && kind != CXCursor_ParmDecl &&
                       kind != CXCursor_TypeRef && kind != CXCursor_NamespaceRef &&
                       kind != CXCursor_TemplateRef;
    }
  }

  Context& context_;
  Effects effects_;
  clang::CursorMap<bool> quiet_;
};

}  // namespace

bool Effects::disturbs(const Effects& other) const {
  return (acts && (other.acts || other.reads)) || (other.acts && reads) ||
         takes_away(*this, other) || takes_away(other, *this);
}

Effects effects_of(Context& context, CXCursor value, CXType field) {
  Finder finder(context);
  finder.look_at(value);
  if (!finder.is_quiet(field)) finder.effects().acts = true;
  return finder.effects();
}

}  // namespace snug::uses
