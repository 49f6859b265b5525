// offsetof, and offsets by hand. An offset that only finds its field in an object follows the
// field. More is made of it where it bounds a range: in a distance, as a size, compared by `<` or
// with a number, printed. It is followed through variables, lists and loops over those.
#include <algorithm>
#include <array>

#include "known/known.hpp"
#include "scan/uses/uses_extents.hpp"
#include "scan/uses/uses_flow.hpp"
#include "scan/uses/uses_pointers.hpp"
#include "scan/uses/uses_size_values.hpp"

namespace snug::uses {

namespace {

/// The record that a field belongs to, through anonymous structs and unions.
const RecordFacts* owner_of(Context& context, CXCursor field) {
  const RecordFacts* owner = context.record(clang_getCursorSemanticParent(field));
  while (owner != nullptr && clang_Cursor_isAnonymousRecordDecl(owner->definition) != 0) {
    owner = context.record(clang_getCursorSemanticParent(owner->definition));
  }
  return owner;
}

/// True for a number that was taken out of a variable and takes part in a distance, or says how
/// many bytes a function takes or where it begins, or is printed.
bool is_number_seen(Context& context, CXCursor number, Ancestors above) {
  const Flow flow = flow_of(number, above);
  const CXBinaryOperatorKind kind = above.empty()
                                        ? CXBinaryOperator_Invalid
                                        : clang_getCursorBinaryOperatorKind(consumer_above(above));
  const CallKind call = flow.to_call ? call_kind(callee_name(flow.stop)) : CallKind::Unknown;
  const bool memory = call != CallKind::Unknown && call != CallKind::Neutral;
  return flow.offsets || flow.rest || flow.tested || kind == CXBinaryOperator_Sub || memory ||
         becomes_text(context, flow, above);
}

bool variable_bounds_a_range(Context& context, CXCursor variable, CXCursor function);

bool loop_bounds_a_range(Context& context, CXCursor loop) {
  const std::vector<CXCursor> parts = children_of(loop);
  const auto item = std::find_if(parts.begin(), parts.end(), [](CXCursor part) {
    return clang_getCursorKind(part) == CXCursor_VarDecl;
  });
  return item != parts.end() && variable_bounds_a_range(context, *item, loop);
}

/// The same for a mention of a variable; through the elements of a list and over its loops.
bool is_mention_seen(Context& context, CXCursor mention, Ancestors above) {
  if (is_mention_in_order(above)) return true;
  CXCursor number = mention;
  for (; !above.empty(); above = above.first(above.size() - 1)) {
    const CXCursorKind kind = clang_getCursorKind(above.back());
    const bool element = kind == CXCursor_ArraySubscriptExpr ||
                         (kind == CXCursor_CallExpr &&
                          effects_of_name(callee_name(above.back())).has(Effect::HandsOut));
    if (!element && !is_implicit(kind) && kind != CXCursor_MemberRefExpr) break;
    number = above.back();
  }
  if (!above.empty() && clang_getCursorKind(above.back()) == CXCursor_CXXForRangeStmt) {
    return loop_bounds_a_range(context, above.back());
  }
  return is_number_seen(context, number, above);
}

/// True for a variable that holds an offset, or several, of which more is made than a place in one
/// object. `function` is the code that may mention it; null: the whole unit.
bool variable_bounds_a_range(Context& context, CXCursor variable, CXCursor function) {
  bool bounds = false;
  const auto look = [&](CXCursor mention, Ancestors above) {
    bounds = bounds || is_mention_seen(context, mention, above);
  };
  if (!clang::is_null(function)) {
    each_mention(function, variable, look);
    return bounds;
  }
  if (clang_getCursorLinkage(variable) == CXLinkage_External) return true;  // other units too
  for (const CXCursor code : context.code_that_names(variable)) each_mention(code, variable, look);
  return bounds;
}

bool is_word_of_range(std::string_view name) {
  static constexpr std::array<std::string_view, 16> words{
      "from", "begin", "start", "first", "lo", "low",  "min", "lower",
      "to",   "end",   "stop",  "last",  "hi", "high", "max", "upper"};
  const std::size_t last = name.find_last_not_of('_');
  return last != std::string_view::npos &&
         std::find(words.begin(), words.end(), name.substr(0, last + 1)) != words.end();
}

/// Fields of the project whose values are printed somewhere in the unit. O(unit), once.
const clang::CursorSet& printed_fields(Context& context) {
  if (context.printed_fields()) return *context.printed_fields();
  clang::CursorSet& printed = context.printed_fields().emplace();
  std::vector<CXCursor> above;
  const auto look = [&](auto&& self, CXCursor cursor) -> void {
    if (clang_getCursorKind(cursor) == CXCursor_MemberRefExpr) {
      const Flow flow = flow_of(cursor, above);
      if (clang_getCursorKind(flow.stop) == CXCursor_CallExpr &&
          is_scalar_number(clang_getCursorType(cursor)) && becomes_text(context, flow, above)) {
        printed.insert(clang_getCanonicalCursor(clang_getCursorReferenced(cursor)));
      }
    }
    above.push_back(cursor);
    for (const CXCursor child : children_of(cursor)) self(self, child);
    above.pop_back();
  };
  for (const CXCursor part :
       children_of(clang_getTranslationUnitCursor(context.sources().unit()))) {
    if (context.sources().in_project(clang_getCursorLocation(part))) look(look, part);
  }
  return printed;
}

/// The list that the offset is a value of, and which; null if there is none.
struct Place {
  CXCursor list = clang_getNullCursor();
  CXCursor value = clang_getNullCursor();
};
Place place_in_list(CXCursor offset, Ancestors ancestors) {
  Place place{.value = offset};
  for (auto i = ancestors.rbegin(); i != ancestors.rend(); ++i) {
    const CXCursorKind kind = clang_getCursorKind(*i);
    if (kind == CXCursor_InitListExpr) {
      place.list = *i;
      return place;
    }
    if (!is_implicit(kind) && !is_cast(kind)) return place;
    place.value = *i;
  }
  return place;
}

/// An offset in a row of a table: the row says from where to where, or the table is printed.
bool row_bounds_a_range(Context& context, const RecordFacts& row, const Place& place) {
  const std::vector<CXCursor> values = children_of(place.list);
  const auto at = std::find_if(values.begin(), values.end(),
                               [&](CXCursor value) { return same_node(value, place.value); });
  const auto index = static_cast<std::size_t>(at - values.begin());
  if (index >= row.fields.size()) return false;
  const FieldFacts& field = row.fields[index];
  const auto offsets = std::count_if(values.begin(), values.end(), is_made_of_offsets);
  return (offsets > 1 && is_word_of_range(field.name)) ||
         printed_fields(context).contains(clang_getCanonicalCursor(field.cursor));
}

/// The variable that a call fills: `list.push_back(offset)`, `std::vector<size_t> list{offset}`.
CXCursor list_that_grows(CXCursor call, const std::string& name, Ancestors ancestors) {
  if (clang_getCursorKind(clang_getCursorReferenced(call)) == CXCursor_Constructor) {
    const auto at = std::find_if(ancestors.rbegin(), ancestors.rend(),
                                 [&](CXCursor above) { return same_node(above, call); });
    const auto kept = std::find_if(at, ancestors.rend(), [](CXCursor above) {
      return clang_isExpression(clang_getCursorKind(above)) == 0;
    });
    return kept != ancestors.rend() && clang_getCursorKind(*kept) == CXCursor_VarDecl
               ? *kept
               : clang_getNullCursor();
  }
  const std::vector<CXCursor> parts = children_of(call);
  if (!effects_of_name(name).has(Effect::Adds) || parts.empty() ||
      clang_getCursorKind(parts.front()) != CXCursor_MemberRefExpr) {
    return clang_getNullCursor();
  }
  const CXCursor object = operand_of(parts.front());
  const CXCursor variable =
      clang::is_null(object) ? object : clang_getCursorReferenced(strip_implicit(object));
  return clang_getCursorKind(variable) == CXCursor_VarDecl ? variable : clang_getNullCursor();
}

/// True if the offset of the field is where something begins or ends that is more than the field.
bool bounds_a_range(Context& context, CXCursor offset, Ancestors ancestors, CXCursor field) {
  const Flow flow = flow_of(offset, ancestors);
  if (flow.offsets || flow.rest || flow.ordered || flow.to_constant) {
    return true;
  }
  const Place place = place_in_list(offset, ancestors);
  const RecordFacts* row =
      clang::is_null(place.list) ? nullptr : context.record(clang_getCursorType(place.list));
  if (row != nullptr && row->aggregate) {
    return row_bounds_a_range(context, *row, place);
  }
  const CXCursor function = function_around(ancestors);
  if (flow.to_call) {
    const std::string name = callee_name(flow.stop);
    const CallKind kind = call_kind(name);
    if (kind != CallKind::Memory && kind != CallKind::Io) {
      const CXCursor list = list_that_grows(flow.stop, name, ancestors);
      return (!clang::is_null(list) && variable_bounds_a_range(context, list, function)) ||
             becomes_text(context, flow, ancestors);
    }
    const auto pointer = argument_index(flow.stop, flow.taken);
    if (!pointer ||
        clang_getCanonicalType(clang_getCursorType(flow.taken)).kind != CXType_Pointer) {
      return true;  // how many bytes
    }
    const auto size = size_argument(flow.stop, *pointer, name);
    const auto bytes = size ? value_of(size->count) : std::nullopt;
    return !bytes || *bytes > clang_Type_getSizeOf(clang_getCursorType(field));
  }
  switch (clang_getCursorKind(flow.stop)) {
    case CXCursor_VarDecl:
      return variable_bounds_a_range(context, flow.stop, function);
    case CXCursor_CXXForRangeStmt:
      return loop_bounds_a_range(context, flow.stop);
    case CXCursor_BinaryOperator: {
      const CXCursor target = strip_implicit(children_of(flow.stop).front());
      return clang_getCursorKind(target) == CXCursor_DeclRefExpr &&
             variable_bounds_a_range(context, clang_getCursorReferenced(target), function);
    }
    default:
      return false;
  }
}

/// Printed, compared with a number, or returned as one: sizes of other fields show in it too.
bool is_seen_as_number(Context& context, const Flow& flow, Ancestors ancestors) {
  const bool returned = clang_getCursorKind(flow.stop) == CXCursor_ReturnStmt &&
                        is_scalar_number(clang_getCursorType(flow.taken));
  return returned || flow.to_constant || becomes_text(context, flow, ancestors);
}

void add_offset(Context& context, CXCursor at, Ancestors ancestors, CXCursor field) {
  const RecordFacts* owner = owner_of(context, field);
  if (owner == nullptr) {
    return;
  }
  const Flow flow = flow_of(at, ancestors);
  UseFacts use{.kind = UseKind::OffsetOf, .fields = {spelling(field)}};
  use.keeps_meaning = true;
  if (flow.asserted || flow.in_type) {
    use.kind = UseKind::AssertedOffset;
    use.asserted = flow.asserted;
    use.keeps_meaning = false;
  } else if (!flow.offsets && !flow.rest && !flow.ordered &&
             is_seen_as_number(context, flow, ancestors)) {
    use.keeps_meaning = false;
    use.detail = "has its offset seen as a number";
  } else if (bounds_a_range(context, at, ancestors, field)) {
    use.kind = UseKind::FieldBorder;
    use.keeps_meaning = false;
    use.detail = "bounds a range by its offset";
  }
  context.add(*owner, at, ancestors, use);
}

}  // namespace

void see_member_ref(Context& context, CXCursor reference, Ancestors ancestors) {
  if (ancestors.empty() || clang_getCursorKind(ancestors.back()) != CXCursor_UnexposedExpr) {
    return;
  }
  const std::vector<CXCursor> parts = children_of(ancestors.back());
  const bool names_type = std::any_of(parts.begin(), parts.end(), [](CXCursor part) {
    return clang_isReference(clang_getCursorKind(part)) != 0 &&
           clang_getCursorKind(part) != CXCursor_MemberRef;
  });
  if (!names_type) {
    return;  // a designator
  }
  const CXCursor field = clang_getCursorReferenced(reference);
  if (clang_getCursorKind(field) == CXCursor_FieldDecl) {
    add_offset(context, ancestors.back(), ancestors.first(ancestors.size() - 1), field);
  }
}

namespace {

/// A function whose every result is null.
bool gives_null(CXCursor function) {
  CXCursor body = clang_getCursorDefinition(function);
  if (clang::is_null(body)) return false;
  const CXCursor pattern = clang_getSpecializedCursorTemplate(body);
  if (!clang::is_null(pattern) && !clang::is_null(clang_getCursorDefinition(pattern))) {
    body = clang_getCursorDefinition(pattern);
  }
  bool any = false;
  bool all = true;
  const auto look = [&](auto&& self, CXCursor code) -> void {
    for (const CXCursor part : children_of(code)) {
      if (clang_getCursorKind(part) == CXCursor_ReturnStmt) {
        const std::vector<CXCursor> values = children_of(part);
        any = true;
        all = all && !values.empty() && is_zero(strip_casts(values.front()));
      }
      self(self, part);
    }
  };
  look(look, body);
  return any && all;
}

/// An address at which no object lies: null or a number, in a variable or from a function as well.
bool is_nowhere(CXCursor pointer) {
  pointer = strip_casts(pointer);
  if (is_zero(pointer)) return true;
  switch (clang_getCursorKind(pointer)) {
    case CXCursor_IntegerLiteral:
      return true;
    case CXCursor_DeclRefExpr: {
      const CXCursor variable = clang_getCursorReferenced(pointer);
      if (clang_getCursorKind(variable) != CXCursor_VarDecl ||
          clang_getCanonicalType(clang_getCursorType(variable)).kind != CXType_Pointer) {
        return false;
      }
      const CXCursor value = clang_Cursor_getVarDeclInitializer(variable);
      if (clang::is_null(value)) return clang_Cursor_hasVarDeclGlobalStorage(variable) == 1;
      const CXCursor plain = strip_casts(value);
      return is_zero(plain) || clang_getCursorKind(plain) == CXCursor_IntegerLiteral;
    }
    case CXCursor_CallExpr:
      return gives_null(clang_getCursorReferenced(pointer));
    default:
      return false;
  }
}

}  // namespace

void see_offset_by_hand(Context& context, CXCursor member, Ancestors ancestors) {
  const CXCursor base = operand_of(member);
  if (clang::is_null(base) || is_zero(strip_casts(base)) || !is_nowhere(base)) return;
  std::size_t left = ancestors.size();
  while (left > 0 && is_implicit(clang_getCursorKind(ancestors[left - 1]))) --left;
  if (left == 0 || clang_getCursorKind(ancestors[left - 1]) != CXCursor_UnaryOperator ||
      clang_getCursorUnaryOperatorKind(ancestors[left - 1]) != CXUnaryOperator_AddrOf) {
    return;
  }
  const CXCursor field = clang_getCursorReferenced(member);
  if (clang_getCursorKind(field) == CXCursor_FieldDecl) {
    add_offset(context, ancestors[left - 1], ancestors.first(left - 1), field);
  }
}

void see_null_base(Context& context, CXCursor cast, Ancestors ancestors) {
  const std::size_t left = skip_conversions_up(ancestors);
  if (left < 2) {
    return;
  }
  const CXCursor member = ancestors[left - 1];
  const CXCursor address = ancestors[left - 2];
  if (clang_getCursorKind(member) != CXCursor_MemberRefExpr ||
      clang_getCursorKind(address) != CXCursor_UnaryOperator ||
      clang_getCursorUnaryOperatorKind(address) != CXUnaryOperator_AddrOf) {
    return;
  }
  const CXCursor field = clang_getCursorReferenced(member);
  if (clang_getCursorKind(field) == CXCursor_FieldDecl) {
    add_offset(context, address, ancestors.first(left - 2), field);
  }
  (void)cast;
}

}  // namespace snug::uses
