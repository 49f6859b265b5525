// What the evaluation of an expression does. Three places ask:
//
// - lists of values: every variable may be reached from elsewhere;
// - member initialisers: the constructor's parameters and its object belong to them alone;
// - bodies of functions: what they do with their own variables is nobody's business, and what they
//   are given was looked at where they are called.
#include "scan/uses/uses_effects.hpp"

#include <algorithm>

#include "scan/uses/uses_variables.hpp"

namespace snug::uses {

namespace {

class Finder {
 public:
  /// `function` is the constructor or the function whose own variables are told apart, or null.
  Finder(Context& context, Place place, CXCursor function)
      : context_(context), place_(place), own_(place, function, effects_) {}

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
        return look_at_subscript(cursor);
      case CXCursor_UnaryOperator:
        return look_at_unary(cursor);
      case CXCursor_BinaryOperator:
        return look_at_binary(cursor);
      case CXCursor_CompoundAssignOperator:
        return change_first(cursor);
      case CXCursor_InitListExpr:
      case CXCursor_CXXParenListInitExpr:
        effects_.acts |= !is_quiet(context_, clang_getCursorType(cursor));
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
      case CXCursor_CXXNewExpr:
        return look_at_new(cursor);
      case CXCursor_CXXDeleteExpr:
        return look_at_delete(cursor);
      default:
        return look_at_statement(cursor);
    }
  }

  void add(const Behaviour& behaviour) {
    effects_.acts |= behaviour.acts;
    effects_.reads |= behaviour.reads;
    effects_.indirect |= behaviour.reads;
  }

  [[nodiscard]] Effects& effects() { return effects_; }

 private:
  void look_inside(CXCursor cursor) {
    for (const CXCursor child : children_of(cursor)) look_at(child);
  }

  void look_at_statement(CXCursor cursor) {
    const CXCursorKind kind = clang_getCursorKind(cursor);
    if (clang_isAttribute(kind) != 0) return;
    switch (place_ == Place::Body ? kind : CXCursor_InvalidFile) {
      case CXCursor_CompoundStmt:
      case CXCursor_ReturnStmt:
      case CXCursor_IfStmt:
      case CXCursor_ForStmt:
      case CXCursor_WhileStmt:
      case CXCursor_DoStmt:
      case CXCursor_BreakStmt:
      case CXCursor_ContinueStmt:
      case CXCursor_NullStmt:
      case CXCursor_DeclStmt:
        return look_inside(cursor);
      case CXCursor_VarDecl:
        effects_.acts |= clang_Cursor_hasVarDeclGlobalStorage(cursor) != 0 ||
                         !is_quiet(context_, clang_getCursorType(cursor));
        return look_inside(cursor);
      case CXCursor_ParmDecl:  // its default value
        return look_inside(cursor);
      case CXCursor_TypedefDecl:
      case CXCursor_TypeAliasDecl:
      case CXCursor_StaticAssert:
        return;
      default:
        effects_.acts = true;
    }
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
    if (clang_isConstQualifiedType(type) != 0 && kind == CXCursor_VarDecl &&
        is_quiet(context_, type)) {
      return;  // nobody can change it
    }
    effects_.names.insert(key_of(variable));
    if (own_.holds(variable)) return;
    if (place_ == Place::Body && kind == CXCursor_ParmDecl && own_.is_of_function(variable)) return;
    effects_.reads = true;
    effects_.indirect |= type.kind == CXType_LValueReference ||
                         (kind == CXCursor_VarDecl && type.kind == CXType_RValueReference);
  }

  void look_at_member(CXCursor member) {
    const CXCursor field = clang_getCursorReferenced(member);
    const CXCursorKind kind = clang_getCursorKind(field);
    if (kind == CXCursor_EnumConstantDecl) return;
    const CXType type = clang_getCursorType(field);
    const CXCursor object = object_of(member);
    effects_.acts |= (kind != CXCursor_FieldDecl && kind != CXCursor_VarDecl) ||
                     clang_isVolatileQualifiedType(type) != 0;
    if (kind == CXCursor_FieldDecl && is_own_object(object) && place_ != Place::List) {
      effects_.names.insert("this." + spelling(field));
      effects_.reads |= is_reference(type);
      effects_.indirect |= is_reference(type);
      return;
    }
    effects_.reads |= clang::is_null(object) || place_ == Place::List || is_reference(type) ||
                      kind == CXCursor_VarDecl;
    if (!clang::is_null(object)) {
      const bool pointer =
          clang_getCanonicalType(clang_getCursorType(object)).kind == CXType_Pointer;
      effects_.reads |= pointer;
      effects_.indirect |= pointer;
      look_at(object);
    }
    effects_.indirect |= clang::is_null(object) || is_reference(type);
  }

  void look_at_subscript(CXCursor cursor) {
    if (place_ == Place::List || !is_array_element(cursor)) {
      effects_.reads = effects_.indirect = true;
    }
    look_inside(cursor);
  }

  /// Where a field lies does not depend on when it is initialised; what is done with its address is
  /// looked at in scan/uses/uses_reads.cpp.
  static bool is_own_field(CXCursor operand) {
    operand = clang::is_null(operand) ? operand : strip_implicit(operand);
    return clang_getCursorKind(operand) == CXCursor_MemberRefExpr &&
           is_own_object(object_of(operand));
  }

  void look_at_unary(CXCursor cursor) {
    switch (clang_getCursorUnaryOperatorKind(cursor)) {
      case CXUnaryOperator_PostInc:
      case CXUnaryOperator_PostDec:
      case CXUnaryOperator_PreInc:
      case CXUnaryOperator_PreDec:
        return change_first(cursor);
      case CXUnaryOperator_Coawait:
        effects_.acts = true;
        return;
      case CXUnaryOperator_AddrOf:
        if (place_ == Place::Initializer && !is_own_field(operand_of(cursor))) {
          own_.hand_out(operand_of(cursor));
        }
        return look_inside(cursor);
      case CXUnaryOperator_Deref:
        effects_.reads = effects_.indirect = true;
        return look_inside(cursor);
      default:
        return look_inside(cursor);
    }
  }

  void look_at_binary(CXCursor cursor) {
    const CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(cursor);
    if (kind == CXBinaryOperator_Assign) return change_first(cursor);
    if (kind == CXBinaryOperator_PtrMemD || kind == CXBinaryOperator_PtrMemI) {
      effects_.reads = effects_.indirect = true;
    }
    look_inside(cursor);
  }

  /// The first operand is changed, the others are read.
  void change_first(CXCursor cursor) {
    const std::vector<CXCursor> operands = children_of(cursor);
    if (operands.empty()) {
      effects_.acts = true;
      return;
    }
    effects_.acts |= !own_.change(operands.front());
    look_inside(cursor);
  }

  void look_at_call(CXCursor call) {
    const CXCursor function = clang_getCursorReferenced(call);
    const std::string name = callee_name(call);
    const bool is_std = !clang::is_null(function) && is_in_std(function);
    if (clang_getCursorKind(function) == CXCursor_Constructor) {
      look_at_construction(call, function);
    } else if (is_std && name.starts_with("operator\"\"")) {
      return;
    } else if (is_std && (name == "move" || name == "forward") &&
               clang_Cursor_getNumArguments(call) == 1) {
      return look_at_moved(clang_Cursor_getArgument(call, 0));
    } else if (is_std && is_pure_in_std(function, name)) {
      effects_.acts |= !is_quiet(context_, clang_getCursorType(call));
    } else {
      const Behaviour behaviour = is_std ? Behaviour{true, true} : behaviour_of(context_, function);
      add(behaviour);
      effects_.acts |= !is_quiet(context_, clang_getCursorType(call));
    }
    look_at_operands(call, function);
  }

  void look_at_construction(CXCursor call, CXCursor constructor) {
    const CXType type = clang_getCursorType(call);
    if (is_quiet(context_, type)) return;
    const bool written = clang_CXXMethod_isDefaulted(constructor) == 0 && !is_in_std(constructor) &&
                         !clang::is_null(clang_getCursorDefinition(constructor));
    const Behaviour behaviour = written && dies_quietly(context_, type)
                                    ? behaviour_of(context_, constructor)
                                    : Behaviour{true, true};
    effects_.acts |= behaviour.acts;
    effects_.reads |= behaviour.reads;
  }

  /// The arguments of a call and the object of a member call.
  void look_at_operands(CXCursor call, CXCursor function) {
    const CXType type = clang_getCursorType(function);
    const bool unknown = clang::is_null(function);
    const bool method = clang_getCursorKind(function) == CXCursor_CXXMethod;
    const int count = clang_Cursor_getNumArguments(call);
    const bool changes_object =
        method && clang_CXXMethod_isConst(function) == 0 && clang_CXXMethod_isStatic(function) == 0;
    for (int i = 0; i < count; ++i) {
      const CXCursor argument = clang_Cursor_getArgument(call, static_cast<unsigned>(i));
      const bool object = i == 0 && changes_object &&
                          count > clang_getNumArgTypes(type);  // the left side of an operator
      const int parameter = i - (method && count > clang_getNumArgTypes(type) ? 1 : 0);
      if (unknown || object ||
          is_changeable_reference(
              clang_getArgType(type, static_cast<unsigned>(std::max(parameter, 0))))) {
        own_.hand_out(argument);
      }
    }
    for (const CXCursor child : children_of(call)) {
      const CXCursor callee = strip_implicit(child);
      const CXCursorKind referenced = clang_getCursorKind(clang_getCursorReferenced(callee));
      if (clang_getCursorKind(callee) != CXCursor_MemberRefExpr ||
          (referenced != CXCursor_CXXMethod && referenced != CXCursor_ConversionFunction &&
           referenced != CXCursor_FunctionTemplate && referenced != CXCursor_Destructor)) {
        look_at(child);
        continue;
      }
      const CXCursor object = object_of(callee);
      if (clang::is_null(object)) continue;
      if (changes_object) own_.hand_out(object);
      if (clang_getCanonicalType(clang_getCursorType(object)).kind == CXType_Pointer &&
          !is_own_object(object)) {
        effects_.reads = effects_.indirect = true;
      }
      look_at(object);
    }
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
      return look_at(operand);
    }
    if (place_ != Place::List && own_.holds(variable)) {
      effects_.changed.insert(key_of(variable));
      effects_.names.insert(key_of(variable));
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

  /// Memory of a scalar or of a type of the standard library is nothing that others notice.
  void look_at_new(CXCursor cursor) {
    const CXType made = clang_getPointeeType(clang_getCanonicalType(clang_getCursorType(cursor)));
    const bool foreign = clang_getCanonicalType(made).kind != CXType_Record ||
                         is_in_std(clang_getTypeDeclaration(made));
    effects_.acts |= !foreign || !is_quiet(context_, made);
    look_inside(cursor);
  }

  void look_at_delete(CXCursor cursor) {
    const CXCursor operand = operand_of(cursor);
    const CXType gone =
        clang::is_null(operand)
            ? CXType{}
            : clang_getPointeeType(clang_getCanonicalType(clang_getCursorType(operand)));
    effects_.acts |= clang_getCanonicalType(gone).kind == CXType_Record ||
                     gone.kind == CXType_Invalid || gone.kind == CXType_Void;
    look_inside(cursor);
  }

  Context& context_;
  Place place_;
  Effects effects_;
  OwnVariables own_;
};

Effects found(Context& context, Place place, CXCursor value, CXType field, CXCursor function) {
  Finder finder(context, place, function);
  finder.look_at(value);
  if (!is_quiet(context, field)) finder.effects().acts = true;
  finder.add(behaviour_of_conversion(context, clang_getCursorType(value), field));
  return finder.effects();
}

}  // namespace

Effects effects_of(Context& context, CXCursor value, CXType field) {
  return found(context, Place::List, value, field, clang_getNullCursor());
}

Effects effects_of_initializer(Context& context, CXCursor value, CXType field,
                               CXCursor constructor) {
  return found(context, Place::Initializer, value, field, constructor);
}

Effects effects_of_default(Context& context, CXType field) {
  Effects effects;
  effects.acts = !is_quiet(context, field);
  return effects;
}

Behaviour behaviour_of_body(Context& context, CXCursor definition) {
  Finder finder(context, Place::Body, definition);
  bool has_body = false;
  for (const CXCursor child : children_of(definition)) {
    const CXCursorKind kind = clang_getCursorKind(child);
    has_body |= kind == CXCursor_CompoundStmt;
    if (has_body || kind == CXCursor_ParmDecl || clang_isExpression(kind) != 0) {
      finder.look_at(child);
    }
  }
  return {finder.effects().acts || !has_body, finder.effects().reads};
}

}  // namespace snug::uses
