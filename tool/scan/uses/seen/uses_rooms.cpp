// Memory that is as large as a record: `char room[sizeof(T)]`, `std::array<std::byte, sizeof(T)>`,
// `std::aligned_storage_t<sizeof(T)>`. What only has to be large enough for an object may shrink
// with it; what is iterated, counted or measured is seen to.
//   1. While the unit is walked, each declaration is noted whose type has the size of a record, or
//      of a parameter of a template, in it. A type that is no memory (a bitset, a number that is a
//      type) has its size seen at once.
//   2. At the end, and only if there is one, each mention of it is looked at
//      (uses_room_mentions.cpp).
// Declarations are told apart by the place of their names, as those of an instantiation are others
// than those of its template. A record that has such memory as a field is as large as that: the use
// names it, so that its own uses count too.
#include "scan/uses/seen/uses_rooms.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "known/value_names.hpp"
#include "scan/uses/uses_extents.hpp"

namespace snug::uses {

namespace {

Rooms::key_type key_of(CXCursor declaration) {
  CXFile file = nullptr;
  unsigned offset = 0;
  clang_getFileLocation(clang_getCursorLocation(declaration), &file, nullptr, nullptr, &offset);
  return {file, offset};
}

}  // namespace

const Room* room_of(Context& context, CXCursor declaration) {
  if (clang::is_null(declaration)) return nullptr;
  const auto found = context.rooms().find(key_of(declaration));
  return found == context.rooms().end() ? nullptr : &found->second;
}

InnerType inner_type(CXCursor declaration) {
  const CXCursorKind kind = clang_getCursorKind(declaration);
  const bool alias = kind == CXCursor_TypedefDecl || kind == CXCursor_TypeAliasDecl;
  InnerType inner{clang_getCanonicalType(alias ? clang_getTypedefDeclUnderlyingType(declaration)
                                               : clang_getCursorType(declaration)),
                  false};
  for (;; inner.type = clang_getCanonicalType(inner.type)) {
    switch (inner.type.kind) {
      case CXType_ConstantArray:
      case CXType_IncompleteArray:
      case CXType_VariableArray:
      case CXType_DependentSizedArray:
        inner.array = true;
        inner.type = clang_getArrayElementType(inner.type);
        break;
      case CXType_LValueReference:
      case CXType_RValueReference:
        inner.type = clang_getPointeeType(inner.type);
        break;
      default:
        return inner;
    }
  }
}

namespace {

/// `template <size_t N> struct Room { char room[N]; }`: the fields that are as large as a number
/// that the template is given. False if it does something else with one.
bool collect_sized_fields(CXCursor code, CXCursor field, std::vector<CXCursor>& fields) {
  for (const CXCursor part : children_of(code)) {
    const CXCursorKind kind = clang_getCursorKind(part);
    if (kind == CXCursor_DeclRefExpr &&
        clang_getCursorKind(clang_getCursorReferenced(part)) == CXCursor_NonTypeTemplateParameter) {
      if (!same_node(code, field)) return false;
      fields.push_back(field);
    }
    const bool is_field = kind == CXCursor_FieldDecl && clang_Cursor_isBitField(part) == 0;
    const bool attribute = clang_isAttribute(kind) != 0;  // alignas(N)
    if (!attribute && !collect_sized_fields(part, is_field ? part : field, fields)) return false;
  }
  return true;
}

/// True if the template of the project is nothing but memory; its fields are then, too.
bool is_own_room(Context& context, CXCursor named, const Room& room) {
  if (clang_getCursorKind(named) != CXCursor_ClassTemplate ||
      !context.sources().in_project(clang_getCursorLocation(named))) {
    return false;
  }
  std::vector<CXCursor> fields;
  const CXCursor definition = clang_getCursorDefinition(named);
  if (clang::is_null(definition) ||
      !collect_sized_fields(definition, clang_getNullCursor(), fields)) {
    return false;
  }
  for (const CXCursor field : fields) {
    (void)add_room(context, {field, room.records, room.templates}, {});
  }
  return true;
}

/// True if all names of templates and of memory in the type of the declaration are such of memory;
/// `any`: there is one.
bool names_only_rooms(Context& context, CXCursor declaration, const Room& given, bool& any) {
  const CXCursor value = clang_Cursor_getVarDeclInitializer(declaration);
  bool only = true;
  for (const CXCursor part : children_of(declaration)) {
    const CXCursorKind kind = clang_getCursorKind(part);
    if (same_node(part, value)) break;
    if (kind == CXCursor_TemplateRef) {
      const CXCursor target = clang_getCursorReferenced(part);
      const bool room = is_room_name(spelling(part)) || room_of(context, target) != nullptr ||
                        is_own_room(context, target, given);
      any |= room;
      only &= room;
    } else if (kind == CXCursor_TypeRef) {
      any |= room_of(context, clang_getCursorReferenced(part)) != nullptr;
    }
  }
  return only;
}

bool is_room(Context& context, const Room& room) {
  const CXCursor declaration = room.declaration;
  switch (clang_getCursorKind(declaration)) {
    case CXCursor_FieldDecl:
      if (clang_Cursor_isBitField(declaration) != 0) return false;
      break;
    case CXCursor_VarDecl:
    case CXCursor_ParmDecl:
    case CXCursor_TypedefDecl:
    case CXCursor_TypeAliasDecl:
    case CXCursor_TypeAliasTemplateDecl:
      break;
    default:
      return false;
  }
  bool any = false;
  if (!names_only_rooms(context, declaration, room, any)) return false;
  if (clang_getCursorKind(declaration) == CXCursor_TypeAliasTemplateDecl) return true;
  const InnerType inner = inner_type(declaration);
  return any || (inner.array && is_scalar_number(inner.type));
}

}  // namespace

std::vector<std::string> templates_around(Ancestors ancestors) {
  std::vector<std::string> names;
  for (const CXCursor above : ancestors) {
    switch (clang_getCursorKind(above)) {
      case CXCursor_FunctionTemplate:
      case CXCursor_ClassTemplate:
      case CXCursor_ClassTemplatePartialSpecialization:
      case CXCursor_TypeAliasTemplateDecl:
        names.push_back(spelling(above));
        break;
      default:
        break;
    }
  }
  return names;
}

void tell_size_seen(Context& context, const Room& room, CXCursor at, Ancestors ancestors) {
  for (const RecordFacts* record : room.records) {
    context.add(*record, at, ancestors,
                {.kind = UseKind::SizeArithmetic,
                 .detail = "has its size seen through '" + spelling(room.declaration) + "'"});
  }
  context.size_askers().insert(room.templates.begin(), room.templates.end());
}

void add_holder_by_size(Context& context, const RecordFacts& record, const RecordFacts& holder,
                        CXCursor at) {
  context.add(record, at, {},
              {.kind = UseKind::AssertedSize,
               .fields = {holder.id},
               .detail = "gives its size to a field",
               .keeps_meaning = true});
}

namespace {

/// A field makes the record that it is in as large.
void tell_holder(Context& context, const Room& room) {
  if (clang_getCursorKind(room.declaration) != CXCursor_FieldDecl) return;
  const CXCursor parent = clang_getCursorSemanticParent(room.declaration);
  const RecordFacts* const holder = context.record(parent);
  if (holder == nullptr) return;
  context.room_templates().insert(room.templates.begin(), room.templates.end());
  for (const RecordFacts* record : room.records) {
    add_holder_by_size(context, *record, *holder, room.declaration);
  }
}

}  // namespace

namespace {

/// Memory of a template serves several records. True if one is new.
bool add_records(Room& room, const std::vector<const RecordFacts*>& records) {
  bool fresh = false;
  for (const RecordFacts* record : records) {
    if (std::find(room.records.begin(), room.records.end(), record) != room.records.end()) continue;
    room.records.push_back(record);
    fresh = true;
  }
  return fresh;
}

}  // namespace

bool add_room(Context& context, Room room, Ancestors ancestors) {
  if (!context.sources().in_project(clang_getCursorLocation(room.declaration))) return false;
  // First, as the type of a field may name the template that it is in.
  const auto [place, fresh] = context.rooms().try_emplace(key_of(room.declaration), room);
  Room& known = place->second;
  if (!fresh) {
    if (known.seen) tell_size_seen(context, room, room.declaration, ancestors);
    return !known.seen && add_records(known, room.records);
  }
  tell_holder(context, room);
  known.seen = !is_room(context, room);
  if (known.seen) tell_size_seen(context, room, room.declaration, ancestors);
  return true;
}

void note_room(Context& context, const Flow& flow, const RecordFacts* record, Ancestors ancestors) {
  Room room{flow.stop};
  for (const CXCursor above : ancestors) {
    const bool named = clang_getCursorKind(above) == CXCursor_TypeAliasTemplateDecl &&
                       spelling(above) == spelling(flow.stop);
    if (named) room.declaration = above;  // what is mentioned
  }
  if (record != nullptr) {
    room.records.push_back(record);
  } else {
    room.templates = templates_around(ancestors);
  }
  if (record != nullptr || !room.templates.empty()) {
    (void)add_room(context, std::move(room), ancestors);
  }
}

bool note_filled(Context& context, const Flow& flow, const RecordFacts& record,
                 Ancestors ancestors) {
  if (clang_getCursorKind(flow.stop) != CXCursor_CallExpr ||
      argument_index(flow.stop, flow.taken) != std::optional<std::size_t>(0)) {
    return false;
  }
  const CXCursor made = clang_getCursorReferenced(flow.stop);
  if (clang_getCursorKind(made) != CXCursor_Constructor || !holds_values(spelling(made))) {
    return false;
  }
  for (auto above = ancestors.rbegin(); above != ancestors.rend(); ++above) {
    if (clang_getCursorKind(*above) != CXCursor_VarDecl) continue;
    const CXCursor value = strip_implicit(clang_Cursor_getVarDeclInitializer(*above));
    if (!same_node(value, flow.stop)) break;
    context.rooms().emplace(key_of(*above), Room{*above, {&record}});
    return true;
  }
  context.add(record, flow.stop, ancestors,
              {.kind = UseKind::SizeArithmetic,
               .detail = "has its size given to a '" + spelling(made) + "'"});
  return true;
}

}  // namespace snug::uses
