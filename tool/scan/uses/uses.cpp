#include "scan/uses/uses.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "scan/uses/seen/uses_halves.hpp"
#include "scan/uses/seen/uses_heap.hpp"
#include "scan/uses/seen/uses_member_pointers.hpp"
#include "scan/uses/seen/uses_rooms.hpp"
#include "scan/uses/uses_effects.hpp"
#include "scan/uses/uses_size_values.hpp"
#include "scan/uses/uses_template_sizes.hpp"

namespace snug {

struct UseScanner::State {
  uses::Context context;
};

UseScanner::UseScanner(const Sources& sources, bool cxx)
    : state_(std::make_unique<State>(uses::Context(sources, cxx))) {}

UseScanner::~UseScanner() = default;

namespace {

void see_definition(uses::Context& context, CXCursor record, uses::Ancestors ancestors) {
  if (clang_isCursorDefinition(record) == 0) {
    return;
  }
  if (const uses::RecordFacts* facts = context.record(record)) {
    uses::add_effects_of_fields(context, *facts, ancestors);
  }
}

void see_call(uses::Context& context, CXCursor call, uses::Ancestors ancestors) {
  const std::string name = uses::callee_name(call);
  if (name.empty()) {
    return;
  }
  uses::see_byte_call(context, call, name, ancestors);
  uses::see_heap_call(context, call, name, ancestors);
  if (context.is_cxx()) uses::see_member_pointer_arguments(context, call, name, ancestors);
  uses::see_untyped_arguments(context, call);
  uses::see_construction(context, call, name, ancestors);
  uses::see_member_update(context, call, name, ancestors);
}

}  // namespace

void UseScanner::visit(CXCursor cursor, std::span<const CXCursor> ancestors) {
  uses::Context& context = state_->context;
  switch (clang_getCursorKind(cursor)) {
    case CXCursor_InitListExpr:
      if (context.is_cxx()) uses::see_template_argument(context, cursor);
      return uses::see_init_list(context, cursor, ancestors);
    case CXCursor_CXXParenListInitExpr:
      uses::see_template_argument(context, cursor);
      return uses::see_paren_list(context, cursor, ancestors);
    case CXCursor_UnexposedDecl:
      if (context.is_cxx()) uses::note_size_asked(context, cursor);
      return uses::see_binding(context, cursor, ancestors);
    case CXCursor_CallExpr:
      return see_call(context, cursor, ancestors);
    case CXCursor_CStyleCastExpr:
    case CXCursor_CXXStaticCastExpr:
    case CXCursor_CXXReinterpretCastExpr:
      uses::see_untyped_step(context, cursor, ancestors);
      uses::see_distance(context, cursor, ancestors);
      if (context.is_cxx()) uses::see_member_pointer_cast(context, cursor, ancestors);
      return uses::see_cast(context, cursor, ancestors);
    case CXCursor_UnexposedExpr:
      return uses::see_untyped_step(context, cursor, ancestors);
    case CXCursor_DeclRefExpr:
      return uses::see_symbol(context, clang_getCursorReferenced(cursor));
    case CXCursor_BinaryOperator:
      return uses::see_member_access(context, cursor, ancestors);
    case CXCursor_UnaryExpr:
      return uses::see_sizeof(context, cursor, ancestors);
    case CXCursor_MemberRefExpr:
      return uses::see_field_address(context, cursor, ancestors);
    case CXCursor_MemberRef:
      return uses::see_member_ref(context, cursor, ancestors);
    case CXCursor_Constructor:
      uses::see_function(context, cursor, ancestors);
      return uses::see_constructor(context, cursor, ancestors);
    case CXCursor_FunctionTemplate:
      uses::note_bytes_read(context, cursor);
      return uses::see_constructor(context, cursor, ancestors);
    case CXCursor_FunctionDecl:
    case CXCursor_CXXMethod:
      uses::note_size_teller(context, cursor);
      uses::see_symbol(context, cursor);
      uses::see_heap_counter(context, cursor);
      return uses::see_function(context, cursor, ancestors);
    case CXCursor_GCCAsmStmt:
    case CXCursor_MSAsmStmt:
      return uses::see_assembly(context, cursor, ancestors);
    case CXCursor_VarDecl:
      uses::see_untyped_variable(context, cursor, ancestors);
      uses::see_section(context, cursor);
      uses::see_symbol(context, cursor);
      return uses::see_linked_variable(context, cursor, ancestors);
    case CXCursor_FieldDecl:
      return uses::see_field(context, cursor, ancestors);
    case CXCursor_StructDecl:
    case CXCursor_ClassDecl:
    case CXCursor_UnionDecl:
      uses::see_type_name(context, cursor);
      uses::see_record(context, cursor, ancestors);
      return see_definition(context, cursor, ancestors);
    case CXCursor_ClassTemplate:
      uses::see_type_name(context, cursor);
      return see_definition(context, cursor, ancestors);
    case CXCursor_ClassTemplatePartialSpecialization:
      return see_definition(context, cursor, ancestors);
    case CXCursor_TypedefDecl:
    case CXCursor_TypeAliasDecl:
      return uses::see_type_name(context, cursor);
    default:
      return;
  }
}

void UseScanner::search_uncompiled() {
  uses::see_uncompiled(state_->context);
}

namespace {

auto use_key(const Use& use) {
  return std::tie(use.where, use.kind, use.record_id, use.fields, use.detail, use.function,
                  use.keeps_meaning, use.asserted, use.obstacle);
}

/// The place first: what a reader sees once is reported once. An instantiation and its template
/// give the same list.
auto list_key(const InitializerList& list) {
  return std::tie(list.where, list.record_id);
}

template <class Item, class Key>
void sort_once(std::vector<Item>& items, Key key) {
  std::sort(items.begin(), items.end(),
            [&](const Item& a, const Item& b) { return key(a) < key(b); });
  items.erase(std::unique(items.begin(), items.end(),
                          [&](const Item& a, const Item& b) { return key(a) == key(b); }),
              items.end());
}

/// Code of a template that does not depend on its arguments is met twice; what was read in the
/// template itself counts.
void drop_instantiated(std::vector<Use>& uses) {
  const auto place = [](const Use& use) {
    return std::tie(use.where, use.kind, use.record_id, use.fields);
  };
  for (auto first = uses.begin(); first != uses.end();) {
    const auto last = std::find_if(first, uses.end(),
                                   [&](const Use& use) { return place(use) != place(*first); });
    const auto kept = std::stable_partition(
        first, last, [](const Use& use) { return use.obstacle != uses::in_template; });
    first = kept == first ? last : uses.erase(kept, last);
  }
}

}  // namespace

void UseScanner::finish(Model& model) {
  uses::add_rooms_seen(state_->context);
  if (state_->context.is_cxx()) {
    uses::add_unseen_code(state_->context);
    uses::add_dependent_values(state_->context, model.records);
    uses::add_sizes_asked(state_->context);
    uses::add_sizes_told(state_->context);
    uses::add_heap_choice(state_->context);
    uses::add_members_measured(state_->context);
  }
  std::vector<Use>& uses = state_->context.uses();
  std::vector<InitializerList>& lists = state_->context.initializers();
  sort_once(uses, use_key);
  drop_instantiated(uses);
  sort_once(lists, list_key);
  std::move(uses.begin(), uses.end(), std::back_inserter(model.uses));
  std::move(lists.begin(), lists.end(), std::back_inserter(model.initializers));
  uses.clear();
  lists.clear();
}

}  // namespace snug
