#include "scan/ownership/ownership.hpp"

#include <utility>

#include "model/ownership_merge.hpp"
#include "scan/ownership/ownership_context.hpp"

namespace snug {

struct OwnershipScanner::State {
  State(const Sources& sources, Names& names) : context(sources, names) {}
  ownership::Context context;
};

OwnershipScanner::OwnershipScanner(const Sources& sources, Names& names)
    : state_(std::make_unique<State>(sources, names)) {}

OwnershipScanner::~OwnershipScanner() = default;

namespace ownership {

namespace {

void see_call(Context& context, CXCursor call, Ancestors ancestors) {
  if (context.types.counted(clang_getCursorType(call)) != nullptr) {
    see_argument(context, call, ancestors);
  }
  // `*p` is a call whose first argument is the owner.
  if (clang_Cursor_getNumArguments(call) != 1) return;
  const CXCursor operand = stripped(clang_Cursor_getArgument(call, 0));
  if (context.types.counted(clang_getCursorType(operand)) == nullptr) return;
  if (name_of(clang_getCursorReferenced(call)) == "operator*") see_unwrap(context, call, ancestors);
}

void see_name(Context& context, CXCursor reference, Ancestors ancestors) {
  const CXType type = clang_getCanonicalType(clang_getCursorType(reference));
  if (type.kind == CXType_FunctionProto) {
    if (context.takes_owner(type)) see_function_name(context, reference, ancestors);
    return;
  }
  if (type.kind != CXType_Record) return;
  const TypeFacts* facts = context.types.find(type);
  if (facts != nullptr && (facts->kind == TypeKind::Owner || facts->kind == TypeKind::Pair)) {
    see_reference(context, reference, ancestors);
  }
}

void see_member(Context& context, CXCursor reference, Ancestors ancestors) {
  const CXType type = clang_getCanonicalType(clang_getCursorType(reference));
  if (type.kind == CXType_FunctionProto) {
    if (context.takes_owner(type)) see_function_name(context, reference, ancestors);
    return;
  }
  const TypeFacts* facts = context.types.find(type);
  if (facts == nullptr) return;
  switch (facts->kind) {
    case TypeKind::String:
      return see_string_use(context, reference, ancestors);
    case TypeKind::Owner:
      return see_field(context, reference, *facts, ancestors);
    case TypeKind::Sequence:
    case TypeKind::Map:
      see_field(context, reference, *facts, ancestors);
      return see_container_use(context, reference, ancestors);
    default:
      return;
  }
}

}  // namespace

}  // namespace ownership

void OwnershipScanner::visit(CXCursor cursor, std::span<const CXCursor> ancestors) {
  using namespace ownership;
  Context& context = state_->context;
  switch (clang_getCursorKind(cursor)) {
    case CXCursor_ParmDecl:
      see_parameter(context, cursor, ancestors);
      return see_held_variable(context, cursor, ancestors);
    case CXCursor_VarDecl:
      see_variable(context, cursor, ancestors);
      return see_held_variable(context, cursor, ancestors);
    case CXCursor_UnexposedDecl:
      return see_binding(context, cursor, ancestors);
    case CXCursor_DeclRefExpr:
      return see_name(context, cursor, ancestors);
    case CXCursor_MemberRefExpr:
      return see_member(context, cursor, ancestors);
    case CXCursor_MemberRef:
      return see_member_initialiser(context, cursor, ancestors);
    case CXCursor_CallExpr:
      return see_call(context, cursor, ancestors);
    case CXCursor_CXXNewExpr:
      return see_new(context, cursor, ancestors);
    default:
      return;
  }
}

void OwnershipScanner::add_record(CXType type) {
  ownership::see_record(state_->context, type);
}

void OwnershipScanner::finish(Model& model) {
  ownership::judge_variables(state_->context);
  model.ownership = sorted_once(std::exchange(state_->context.facts, {}));
}

}  // namespace snug
