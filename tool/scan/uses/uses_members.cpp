// Fields that reach other fields: default initialisers that read them, and destructors that can
// still use them.
#include <algorithm>
#include <string_view>

#include "known/known.hpp"
#include "scan/uses/uses_effects.hpp"
#include "scan/uses/uses_reads.hpp"

namespace snug::uses {

namespace {

std::string type_name(CXType type) {
  return clang::to_string(clang_getTypeSpelling(clang_getUnqualifiedType(type)));
}

/// Types that wait or unlock in their destructors, so that what they use must still be there; also
/// arrays, containers and optionals of such types.
bool waits_in_destructor(const KnownNames& known, CXType type) {
  type = clang_getCanonicalType(type);
  while (type.kind == CXType_ConstantArray) {
    type = clang_getCanonicalType(clang_getArrayElementType(type));
  }
  if (type.kind != CXType_Record) {
    return false;
  }
  if (known.type(spelling(clang_getTypeDeclaration(type))).is(TypeRole::WaitsAtEnd)) {
    return true;
  }
  const int arguments = clang_Type_getNumTemplateArguments(type);
  for (int i = 0; i < arguments; ++i) {
    if (waits_in_destructor(known,
                            clang_Type_getTemplateArgumentAsType(type, static_cast<unsigned>(i)))) {
      return true;
    }
  }
  return false;
}

}  // namespace

void add_reads(Context& context, CXCursor at, Ancestors ancestors, const RecordFacts& record,
               const std::string& field, CXType type, const Reads& reads) {
  std::vector<std::string> fields{field};
  for (const std::string& name : reads.fields) {
    if (name != field) {
      fields.push_back(name);
    }
  }
  if (fields.size() == 1 && !reads.hands_out_this) {
    return;
  }
  if (reads.hands_out_this) {
    fields.resize(1);  // any field may be meant
  }
  const std::string what =
      reads.hands_out_this ? "hands 'this' on, through which any field can be reached" : "";
  context.add(record, at, ancestors,
              {.kind = UseKind::InitReadsMember, .fields = fields, .detail = what});
  if (reads.by_address && context.destructor_runs(type)) {
    context.add(record, at, ancestors,
                {.kind = UseKind::DestructionOrder, .fields = fields, .detail = what});
  }
}

Effects effects_unlisted(Context& context, const FieldFacts& field) {
  CXCursor value = clang_getNullCursor();  // behind the width of a bit-field or an array
  for (const CXCursor child : children_of(field.cursor)) {
    if (clang_isExpression(clang_getCursorKind(child)) != 0) value = child;
  }
  if (clang::is_null(value)) return effects_of_default(context, field.type);
  return effects_of_initializer(context, value, field.type, clang_getNullCursor());
}

void add_effects_of_fields(Context& context, const RecordFacts& record, Ancestors ancestors) {
  if (!record.counts || record.is_union || !context.is_cxx()) return;
  std::vector<Effects> effects;
  for (const FieldFacts& field : record.fields) {
    effects.push_back(effects_unlisted(context, field));
  }
  for (std::size_t a = 0; a < effects.size(); ++a) {
    const FieldFacts& field = record.fields[a];
    const bool loud = !dies_quietly(context, field.type);
    UseFacts dying{.kind = UseKind::DestructionOrder, .fields = {field.name}};
    UseFacts made{.kind = UseKind::InitReadsMember,
                  .fields = {field.name},
                  .detail = std::string(has_effects)};
    std::string types = loud ? "'" + type_name(field.type) + "'" : std::string();
    for (std::size_t b = a + 1; b < effects.size(); ++b) {
      const FieldFacts& other = record.fields[b];
      if (loud && !dies_quietly(context, other.type)) {
        dying.fields.push_back(other.name);
        const std::string name = "'" + type_name(other.type) + "'";
        if (types.find(name) == std::string::npos) types += " and " + name;
      } else if (effects[a].disturbs(effects[b])) {
        made.fields.push_back(other.name);
      }
    }
    if (dying.fields.size() > 1) {
      dying.detail = "runs destructors with effects, of " + types;
      context.add(record, field.cursor, ancestors, dying);
    }
    if (made.fields.size() > 1) context.add(record, field.cursor, ancestors, made);
  }
}

namespace {

/// True for `{1, 2}`, `T{1}` and `T(1, 2)`: a value that may fill a record by position.
bool fills_by_position(std::string_view text) {
  const auto first_inside = [&](std::size_t open) {
    return text.find_first_not_of(" \t\r\n", open + 1);
  };
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    const std::size_t inside = first_inside(at);
    if (inside != std::string_view::npos && text[inside] != '}') return true;
  }
  const std::size_t open = text.find('(');
  return open != std::string_view::npos && text.find(',', open) != std::string_view::npos;
}

/// A default value whose type is not known before the template is used.
void note_dependent_value(Context& context, CXCursor field) {
  CXType type = clang_getCanonicalType(clang_getCursorType(field));
  while (type.kind == CXType_ConstantArray || type.kind == CXType_DependentSizedArray) {
    type = clang_getCanonicalType(clang_getArrayElementType(type));
  }
  if (type.kind != CXType_Unexposed && type.kind != CXType_Dependent) return;
  CXFile file = nullptr;
  const unsigned begin = begin_offset(field, &file);
  unsigned end = 0;
  clang_getFileLocation(clang_getRangeEnd(clang_getCursorExtent(field)), nullptr, nullptr, nullptr,
                        &end);
  if (file == nullptr || end <= begin ||
      !fills_by_position(context.sources().text(file).substr(begin, end - begin))) {
    return;
  }
  const CXCursor owner = clang_getCursorSemanticParent(field);
  context.dependent_values().push_back({context.sources().name(owner), spelling(field), field});
}

void add_dependent_value(Context& context, const DependentValue& value,
                         std::span<const Slot> slots) {
  for (const Slot& slot : slots) {
    if (slot.name == value.field && !slot.type_id.empty()) {
      context.add(slot.type_id, value.cursor, {},
                  {.kind = UseKind::PositionalInit, .obstacle = std::string(in_template)});
    }
    add_dependent_value(context, value, slot.members);
  }
}

}  // namespace

void add_dependent_values(Context& context, std::span<const Record> records) {
  if (context.dependent_values().empty()) return;
  for (const Record& record : records) {
    for (const DependentValue& value : context.dependent_values()) {
      if (record.where == value.where) add_dependent_value(context, value, record.slots);
    }
  }
}

void see_field(Context& context, CXCursor field, Ancestors ancestors) {
  if (context.is_cxx()) note_dependent_value(context, field);
  std::vector<CXCursor> values;
  clang::visit_children(field, [&](CXCursor child, CXCursor) {
    if (clang_isExpression(clang_getCursorKind(child)) != 0) {
      values.push_back(child);
    }
    return CXChildVisit_Continue;
  });
  const CXType type = clang_getCanonicalType(clang_getCursorType(field));
  if (values.empty() && type.kind != CXType_Record && type.kind != CXType_ConstantArray) {
    return;
  }
  const RecordFacts* record = context.record(clang_getCursorSemanticParent(field));
  if (record == nullptr || !record->counts) {
    return;
  }
  const std::string name = spelling(field);
  if (!name.empty() && clang_Type_getSizeOf(type) == 0 && type.kind == CXType_ConstantArray &&
      clang_equalCursors(record->fields.back().cursor, field) == 0) {
    context.add(*record, field, ancestors,
                {.kind = UseKind::FieldBorder, .fields = {name}, .detail = "takes no room"});
  }
  ReadsFinder finder(context, *record);
  for (const CXCursor value : values) {
    if (!stores_address(type, value)) {
      finder.look_at(value);
    }
  }
  add_reads(context, field, ancestors, *record, name, type, finder.take());
  if (waits_in_destructor(context.sources().known(), type)) {
    context.add(*record, field, ancestors,
                {.kind = UseKind::DestructionOrder,
                 .fields = {name},
                 .detail = "waits in its destructor for code that may use any other field"});
  }
}

void see_member_update(Context& context, CXCursor call, const std::string& name,
                       Ancestors ancestors) {
  if (name != "operator=" && name != "reset" && name != "emplace") {
    return;
  }
  CXCursor target = clang_getNullCursor();
  std::vector<CXCursor> arguments;
  for (const CXCursor child : children_of(call)) {
    if (clang::is_null(target)) {
      target = child;
    } else {
      arguments.push_back(child);
    }
  }
  if (name != "operator=") {  // x.reset(...): the callee names the object
    target = clang_getCursorKind(target) == CXCursor_MemberRefExpr ? operand_of(target)
                                                                   : clang_getNullCursor();
  }
  if (clang::is_null(target)) {
    return;
  }
  target = strip_implicit(target);
  const CXCursor field = clang_getCursorReferenced(target);
  if (clang_getCursorKind(target) != CXCursor_MemberRefExpr ||
      clang_getCursorKind(field) != CXCursor_FieldDecl) {
    return;
  }
  const CXCursor base = operand_of(target);
  if (!clang::is_null(base) && clang_getCursorKind(strip_casts(base)) != CXCursor_CXXThisExpr) {
    return;
  }
  const RecordFacts* record = context.record(clang_getCursorSemanticParent(field));
  if (record == nullptr || !record->counts ||
      !context.destructor_runs(clang_getCursorType(field))) {
    return;
  }
  ReadsFinder finder(context, *record);
  for (const CXCursor argument : arguments) {
    if (clang_isExpression(clang_getCursorKind(argument)) != 0) {
      finder.look_at(argument);
    }
  }
  const Reads reads = finder.take();
  if (!reads.by_address) {
    return;
  }
  std::vector<std::string> fields{spelling(field)};
  for (const std::string& read : reads.fields) {
    if (read != fields.front()) {
      fields.push_back(read);
    }
  }
  if (reads.hands_out_this) {
    fields.resize(1);
  }
  if (fields.size() > 1 || reads.hands_out_this) {
    context.add(*record, call, ancestors,
                {.kind = UseKind::DestructionOrder,
                 .fields = fields,
                 .detail = "is given the address of another field"});
  }
}

}  // namespace snug::uses
