// sizeof of records, and where it goes.
#include <algorithm>

#include "scan/uses/seen/uses_rooms.hpp"
#include "scan/uses/uses_size_values.hpp"
#include "scan/uses/uses_template_sizes.hpp"

namespace snug::uses {

namespace {

/// The type parameter at a place in a template, resolved for the instantiation around it.
CXType substituted_type(std::string_view parameter, Ancestors ancestors) {
  const CXType none{CXType_Invalid, {nullptr, nullptr}};
  for (auto i = ancestors.rbegin(); i != ancestors.rend(); ++i) {
    CXCursor owner = *i;
    for (int level = 0; level < 2; ++level) {
      const CXCursor pattern = clang_getSpecializedCursorTemplate(owner);
      if (!clang::is_null(pattern)) {
        unsigned index = 0;
        int found = -1;
        clang::visit_children(pattern, [&](CXCursor child, CXCursor) {
          const CXCursorKind kind = clang_getCursorKind(child);
          if (kind == CXCursor_TemplateTypeParameter && spelling(child) == parameter) {
            found = static_cast<int>(index);
          }
          index += kind == CXCursor_TemplateTypeParameter ||
                           kind == CXCursor_NonTypeTemplateParameter ||
                           kind == CXCursor_TemplateTemplateParameter
                       ? 1
                       : 0;
          return found < 0 ? CXChildVisit_Continue : CXChildVisit_Break;
        });
        if (found >= 0) {
          const auto argument = static_cast<unsigned>(found);
          const CXType type =
              clang_Cursor_getNumTemplateArguments(owner) > found
                  ? clang_Cursor_getTemplateArgumentType(owner, argument)
                  : clang_Type_getTemplateArgumentAsType(clang_getCursorType(owner), argument);
          if (type.kind != CXType_Invalid) {
            return type;
          }
        }
      }
      owner = clang_getCursorSemanticParent(owner);
    }
  }
  return none;
}

/// The operand of `sizeof(...)` as it is written, without blanks and brackets around it; empty
/// where a macro hides it.
std::string_view operand_text(const Context& context, CXCursor expression) {
  CXFile file = nullptr;
  const unsigned begin = begin_offset(expression, &file);
  unsigned end = 0;
  clang_getFileLocation(clang_getRangeEnd(clang_getCursorExtent(expression)), nullptr, nullptr,
                        nullptr, &end);
  if (file == nullptr || end <= begin) {
    return {};
  }
  std::string_view text = context.sources().text(file).substr(begin, end - begin);
  if (!text.starts_with("sizeof")) {
    return {};
  }
  text.remove_prefix(6);
  const auto is_edge = [](char c) { return c == ' ' || c == '\t' || c == '(' || c == ')'; };
  while (!text.empty() && is_edge(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && is_edge(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

/// `std::array<T, 4>`: the first record of the project among the arguments of the template.
const RecordFacts* argument_record(Context& context, const std::vector<CXCursor>& parts) {
  for (const CXCursor part : parts) {
    if (clang_getCursorKind(part) != CXCursor_TypeRef) continue;
    const RecordFacts* const record = context.record(clang_getCursorType(part));
    if (record != nullptr && record->counts) return record;
  }
  return nullptr;
}

/// The record whose size is taken; null if it is none.
const RecordFacts* measured_record(Context& context, CXCursor expression, Ancestors ancestors) {
  const std::vector<CXCursor> parts = children_of(expression);
  const std::string_view text = operand_text(context, expression);
  if (text.ends_with('*') || text.ends_with('&')) {
    return nullptr;
  }
  if (parts.empty()) {
    const CXType type = substituted_type(text, ancestors);
    return type.kind == CXType_Invalid || clang_getCanonicalType(type).kind == CXType_Pointer
               ? nullptr
               : context.record(type);
  }
  if (clang_isExpression(clang_getCursorKind(parts.front())) != 0) {
    return context.record(clang_getCursorType(parts.front()));
  }
  const bool names_template = std::any_of(parts.begin(), parts.end(), [](CXCursor part) {
    return clang_getCursorKind(part) == CXCursor_TemplateRef;
  });
  if (names_template) {  // which instantiation is not told; the template stands for all
    const auto outermost = std::find_if(parts.begin(), parts.end(), [](CXCursor part) {
      return clang_getCursorKind(part) == CXCursor_TemplateRef;
    });
    const RecordFacts* const record = context.record(clang_getCursorReferenced(*outermost));
    return record != nullptr && record->counts ? record : argument_record(context, parts);
  }
  const auto named = std::find_if(parts.begin(), parts.end(), [](CXCursor part) {
    return clang_getCursorKind(part) == CXCursor_TypeRef;
  });
  if (named == parts.end()) {
    return nullptr;
  }
  const CXType type = clang_getCursorType(*named);
  const CXType canonical = clang_getCanonicalType(type);
  return canonical.kind == CXType_Pointer ? nullptr : context.record(type);
}

/// `sizeof room` of `char room[sizeof(T)]`: the record whose size bounds an array of numbers.
const RecordFacts* bounding_record(Context& context, CXCursor expression, Ancestors ancestors) {
  const std::vector<CXCursor> parts = children_of(expression);
  if (parts.empty()) return nullptr;
  const CXCursor array = clang_getCursorReferenced(strip_implicit(parts.front()));
  const CXCursorKind kind = clang_getCursorKind(array);
  if (kind != CXCursor_VarDecl && kind != CXCursor_FieldDecl) return nullptr;
  const CXType type = clang_getCanonicalType(clang_getCursorType(array));
  const bool room = type.kind == CXType_ConstantArray
                        ? is_scalar_number(clang_getArrayElementType(type))
                        : type.kind == CXType_Record;  // aligned_storage_t<sizeof(T)>
  if (!room) return nullptr;
  const CXCursor value = clang_Cursor_getVarDeclInitializer(array);
  const RecordFacts* found = nullptr;
  const auto look = [&](auto&& self, CXCursor cursor) -> void {
    for (const CXCursor part : children_of(cursor)) {
      if (found != nullptr || same_node(part, value)) continue;
      if (clang_getCursorKind(part) == CXCursor_UnaryExpr && begins_with(context, part, "sizeof")) {
        found = measured_record(context, part, ancestors);
      } else {
        self(self, part);
      }
    }
  };
  look(look, array);
  return found;
}

/// `char key[1];` at the end: memory behind the object may be the rest of the array.
bool ends_in_array(const RecordFacts& record) {
  if (record.fields.empty()) {
    return false;
  }
  const CXTypeKind last = record.fields.back().type.kind;
  return last == CXType_ConstantArray || last == CXType_IncompleteArray;
}

/// `sizeof room / sizeof(T)`: how many objects fit into memory of another type. What is left of the
/// division is no array of T.
bool counts_room(const Flow& flow) {
  const std::vector<CXCursor> parts = children_of(flow.counted);
  if (parts.empty() || clang_isExpression(clang_getCursorKind(parts.front())) == 0) {
    return false;
  }
  CXType type = clang_getCanonicalType(clang_getCursorType(strip_implicit(parts.front())));
  if (type.kind != CXType_ConstantArray) {
    return false;
  }
  while (type.kind == CXType_ConstantArray) {
    type = clang_getCanonicalType(clang_getArrayElementType(type));
  }
  return is_scalar_number(type);
}

bool is_untyped(CXCursor expression) {
  const CXType type = clang_getCanonicalType(clang_getCursorType(strip_casts(expression)));
  return type.kind == CXType_Pointer &&
         clang_getCanonicalType(clang_getPointeeType(type)).kind == CXType_Void;
}

/// `memcmp(a, b, sizeof(T))` with two `void*`: the size tells what they point to.
void add_untyped_call(Context& context, CXCursor expression, Ancestors ancestors, CXCursor call) {
  const std::string name = callee_name(call);
  const CallKind kind = call_kind(name);
  if (kind != CallKind::Io && (kind != CallKind::Memory || name.find("set") != std::string::npos ||
                               name.ends_with("zero"))) {
    return;
  }
  bool untyped = false;
  const int count = clang_Cursor_getNumArguments(call);
  for (int i = 0; i < count; ++i) {
    const CXCursor argument = clang_Cursor_getArgument(call, static_cast<unsigned>(i));
    const RecordFacts* behind = record_behind(context, argument);
    if (behind != nullptr && behind->counts) {
      return;  // the call is looked at on its own
    }
    untyped |= is_untyped(argument);
  }
  const RecordFacts* record = untyped ? measured_record(context, expression, ancestors) : nullptr;
  if (record != nullptr) {
    context.add(*record, call, ancestors,
                {.kind = kind == CallKind::Memory ? UseKind::MemoryCopy : UseKind::BytesIo,
                 .detail = "has its size passed to '" + name + "' with a 'void*'"});
  }
}

}  // namespace

void see_sizeof(Context& context, CXCursor expression, Ancestors ancestors) {
  if (!begins_with(context, expression, "sizeof")) {
    return;
  }
  const Flow flow = flow_of(expression, ancestors);
  if (flow.to_call && clang_getCursorKind(flow.stop) == CXCursor_CallExpr) {
    add_untyped_call(context, expression, ancestors, flow.stop);
  }
  const bool room_behind = flow.allocation && flow.added;
  if (flow.rest && !flow.asserted && !flow.in_type) {
    return;  // the offset is looked at on its own
  }
  const bool allocated = flow.allocation && !room_behind && !flow.tested;
  if (allocated && !is_noticed_by_callee(context, flow)) {
    return;
  }
  const RecordFacts* record = measured_record(context, expression, ancestors);
  if (record == nullptr) {
    note_size_asked(context, flow, expression, ancestors);
    record = bounding_record(context, expression, ancestors);
  }
  if (record == nullptr) {
    return;
  }
  if ((room_behind && !ends_in_array(*record)) || (flow.element_count && !counts_room(flow))) {
    return;
  }
  if (flow.to_call && note_filled(context, flow, *record, ancestors)) return;
  if (flow.in_type && !flow.divided && !flow.tested) note_room(context, flow, record, ancestors);
  UseFacts use{.kind = UseKind::SizeArithmetic};
  if (room_behind) {
    use.fields = {record->fields.back().name};
    use.detail = "gets more memory, in which its last field '" + use.fields[0] + "' goes on";
  } else if (flow.asserted) {
    use.kind = UseKind::AssertedSize;
    use.asserted = true;
    use.keeps_meaning = flow.upper_bound;
    use.detail = "has its size pinned";
  } else if (std::any_of(ancestors.begin(), ancestors.end(), [](CXCursor above) {
               return clang_getCursorKind(above) == CXCursor_CXXTypeidExpr;
             })) {
    use.detail = "is a part of the name of a type";
  } else if (flow.in_type && !flow.divided) {
    use.kind = UseKind::AssertedSize;
    use.keeps_meaning = true;
    use.detail = "gives its size to a type";
  } else if (!allocated && !flow.in_type && !size_is_seen(context, flow, ancestors)) {
    return;
  }
  context.add(*record, expression, ancestors, use);
}

}  // namespace snug::uses
