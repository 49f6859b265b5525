// Whether anybody can see the value of a size. Most sizes only say how much memory to ask for or to
// touch, and another size of the record does the same for the smaller record. A size that is
// printed, compared with a number of another origin, kept as a constant or returned is seen: the
// program does something else when the record shrinks. The value is followed:
//   1. out of its expression, to whoever takes it (flow_of);
//   2. through local variables, to all their mentions;
//   3. into functions whose body is known, through the parameter.
// Who hands out memory (a function that returns a pointer, an operator new, a memory resource) may
// do what it wants with a size except to print it: then all that it hands out is seen. A print
// under a condition is taken to tell of an error.
#include "scan/uses/uses_size_values.hpp"

#include <algorithm>

#include "known/value_names.hpp"
#include "scan/uses/seen/uses_heap.hpp"
#include "scan/uses/uses_effects.hpp"
#include "scan/uses/uses_extents.hpp"
#include "scan/uses/uses_flow.hpp"

namespace snug::uses {

namespace {

bool is_local(CXCursor variable) {
  const CXCursorKind parent = clang_getCursorKind(clang_getCursorSemanticParent(variable));
  const bool in_code = parent == CXCursor_FunctionDecl || parent == CXCursor_CXXMethod ||
                       parent == CXCursor_Constructor || parent == CXCursor_Destructor ||
                       parent == CXCursor_ConversionFunction ||
                       parent == CXCursor_FunctionTemplate || parent == CXCursor_LambdaExpr;
  return in_code && clang_Cursor_getStorageClass(variable) != CX_SC_Static;
}

/// `printf("%zu", n)`, `out << n`: the value becomes text.
bool is_printed(CXCursor call, CXCursor argument, const std::string& name) {
  if (makes_text(name)) return true;
  const CXCursor function = clang_getCursorReferenced(call);
  const CXType type = clang_getCursorType(function);
  if (clang_isFunctionTypeVariadic(type) == 0) return false;
  const auto index = argument_index(call, argument);
  return index && static_cast<int>(*index) >= clang_getNumArgTypes(type);
}

bool is_under_condition(Ancestors above) {
  return std::any_of(above.begin(), above.end(), [](CXCursor cursor) {
    const CXCursorKind kind = clang_getCursorKind(cursor);
    return kind == CXCursor_IfStmt || kind == CXCursor_ConditionalOperator ||
           kind == CXCursor_SwitchStmt || kind == CXCursor_CXXCatchStmt;
  });
}

bool hands_out_memory(CXCursor function) {
  const CXType result = clang_getCanonicalType(clang_getCursorResultType(function));
  return result.kind == CXType_Pointer;
}

/// Follows a value to all its ends. Each variable and parameter is looked at once, so that code
/// which hands a value round and round costs no more than its length for each of them.
class ValueFlow {
 public:
  explicit ValueFlow(const Context& context, bool as_text = false)
      : context_(context), as_text_(as_text) {}

  /// `function` is the code around the place.
  bool is_seen(const Flow& flow, CXCursor function);
  /// True if the function that hands out or takes back memory prints the parameter.
  bool is_printed_by(CXCursor function, CXCursor parameter) {
    as_text_ = true;
    unconditional_ = true;
    return is_seen_in(function, parameter);
  }

 private:
  /// True if some mention of the variable in the code lets its value be seen.
  bool is_seen_in(CXCursor code, CXCursor variable) {
    if (clang::is_null(code) || !followed_.insert(clang_getCanonicalCursor(variable)).second) {
      return false;
    }
    bool seen = false;
    each_mention(code, variable, [&](CXCursor mention, Ancestors above) {
      if (seen || (unconditional_ && is_under_condition(above))) return;
      const Flow flow = flow_of(mention, above);
      seen = (as_text_ || !flow.allocation) && is_seen(flow, code);
    });
    return seen;
  }

  bool is_seen_by_callee(const Flow& flow) {
    const CXCursor function = clang_getCursorReferenced(flow.stop);
    const CXCursor body = clang::is_null(function) ? function : clang_getCursorDefinition(function);
    const auto index = argument_index(flow.stop, flow.taken);
    if (clang::is_null(body) || !index ||
        static_cast<int>(*index) >= clang_Cursor_getNumArguments(body) ||
        !context_.sources().in_project(clang_getCursorLocation(body))) {
      return false;
    }
    const CXCursor parameter = clang_Cursor_getArgument(body, static_cast<unsigned>(*index));
    if (!hands_out_memory(body) || as_text_) return is_seen_in(body, parameter);
    return is_parameter_noticed(context_, body, parameter) ||
           ValueFlow(context_).is_printed_by(body, parameter);
  }

  /// A variable that others than its function see.
  bool is_seen_elsewhere(CXCursor variable) {
    if (!as_text_) return true;
    bool seen = false;
    for (const CXCursor code : context_.code_that_names(variable)) {
      each_mention(code, variable, [&](CXCursor mention, Ancestors above) {
        const Flow flow = flow_of(mention, above);
        seen |= clang_getCursorKind(flow.stop) == CXCursor_CallExpr &&
                is_printed(flow.stop, flow.taken, callee_name(flow.stop));
      });
    }
    return seen;
  }

  /// `target = value`, `target += value`.
  bool is_seen_in_target(const Flow& flow, CXCursor function) {
    const std::vector<CXCursor> sides = children_of(flow.stop);
    if (sides.size() != 2 || same_node(sides[0], flow.taken)) return false;
    const CXCursor target = clang_getCursorReferenced(strip_implicit(sides[0]));
    if (clang::is_null(target) || clang_getCursorKind(target) != CXCursor_VarDecl) return false;
    return is_local(target) ? is_seen_in(function, target) : as_text_ && is_seen_elsewhere(target);
  }

  [[nodiscard]] bool is_foreign_member(CXCursor call) const {
    const CXCursor called = clang_getCursorReferenced(call);
    if (clang_getCursorKind(called) != CXCursor_CXXMethod) return false;
    return is_in_std(called) || !context_.sources().in_project(clang_getCursorLocation(called));
  }

  bool is_seen_by_call(const Flow& flow) {
    const std::string name = callee_name(flow.stop);
    if (is_printed(flow.stop, flow.taken, name) || (flow.tested && !as_text_)) return true;
    if (!as_text_ && keeps_value(name) && is_foreign_member(flow.stop)) return true;
    if (as_text_) return is_seen_by_callee(flow);
    if (!flow.to_call || call_kind(name) != CallKind::Unknown) return false;  // judged by itself
    return flow.reshaped || is_seen_by_callee(flow);
  }

  const Context& context_;
  bool as_text_;                ///< Only what is printed counts.
  bool unconditional_ = false;  ///< ... always.
  clang::CursorSet followed_;
};

bool ValueFlow::is_seen(const Flow& flow, CXCursor function) {
  if (clang_getCursorKind(flow.stop) == CXCursor_CallExpr) return is_seen_by_call(flow);
  if (!as_text_ && (flow.tested || flow.reshaped)) return true;
  switch (clang_getCursorKind(flow.stop)) {
    case CXCursor_VarDecl:
      if (flow.in_list) return false;  // a field of a table that describes types
      return is_local(flow.stop) ? is_seen_in(function, flow.stop) : is_seen_elsewhere(flow.stop);
    case CXCursor_BinaryOperator:  // an assignment
      return is_seen_in_target(flow, function);
    case CXCursor_CompoundAssignOperator: {
      if (as_text_) return is_seen_in_target(flow, function);
      const std::vector<CXCursor> sides = children_of(flow.stop);
      return sides.size() == 2 && !same_node(sides[0], flow.taken);
    }
    case CXCursor_FieldDecl:
    case CXCursor_ParmDecl:
      return !as_text_ && !flow.in_list;
    case CXCursor_Constructor:  // an initialiser of a member
    case CXCursor_ReturnStmt:
    case CXCursor_SwitchStmt:
    case CXCursor_CXXBaseSpecifier:
    case CXCursor_FunctionDecl:  // its result
    case CXCursor_CXXMethod:
    case CXCursor_NonTypeTemplateParameter:
    case CXCursor_DeclRefExpr:  // the argument of a template
    case CXCursor_MemberRefExpr:
    case CXCursor_CStyleCastExpr:  // the type that something is taken for
    case CXCursor_CXXReinterpretCastExpr:
      return !as_text_;
    default:
      return false;
  }
}

}  // namespace

bool size_is_seen(const Context& context, const Flow& flow, Ancestors ancestors) {
  return ValueFlow(context).is_seen(flow, function_around(ancestors));
}

bool becomes_text(const Context& context, const Flow& flow, Ancestors ancestors) {
  return ValueFlow(context, true).is_seen(flow, function_around(ancestors));
}

bool is_noticed_by_callee(const Context& context, const Flow& flow) {
  const CXCursor function = clang_getCursorReferenced(flow.stop);
  const CXCursor body = clang::is_null(function) ? function : clang_getCursorDefinition(function);
  const auto index = argument_index(flow.stop, flow.taken);
  if (clang::is_null(body) || !index ||
      static_cast<int>(*index) >= clang_Cursor_getNumArguments(body) ||
      !context.sources().in_project(clang_getCursorLocation(body))) {
    return false;
  }
  const CXCursor parameter = clang_Cursor_getArgument(body, static_cast<unsigned>(*index));
  return ValueFlow(context).is_printed_by(body, parameter) ||
         is_parameter_noticed(context, body, parameter);
}

void note_size_teller(Context& context, CXCursor function) {
  const std::string name = spelling(function);
  const bool of_class = name.starts_with("operator new") || name.starts_with("operator delete");
  if ((!of_class && name != "do_allocate" && name != "do_deallocate") ||
      clang_isCursorDefinition(function) == 0 ||
      !context.sources().in_project(clang_getCursorLocation(function))) {
    return;
  }
  const int count = clang_Cursor_getNumArguments(function);
  for (int i = 0; i < count; ++i) {
    const CXCursor parameter = clang_Cursor_getArgument(function, static_cast<unsigned>(i));
    if (!is_scalar_number(clang_getCursorType(parameter)) ||
        (!ValueFlow(context).is_printed_by(function, parameter) &&
         !is_parameter_noticed(context, function, parameter))) {
      continue;
    }
    const CXCursor owner = clang_getCursorSemanticParent(function);
    const bool any = !of_class || spelling(owner) == "promise_type";  // frames hold locals
    context.size_tellers().push_back({function, any ? nullptr : context.record(owner)});
    return;
  }
}

void add_sizes_told(Context& context) {
  for (const SizeTeller& teller : context.size_tellers()) {
    for (const RecordFacts* record : context.known_records()) {
      if (teller.owner == nullptr || context.same_or_derived(*record, *teller.owner)) {
        context.add(*record, teller.function, {},
                    {.kind = UseKind::SizeArithmetic,
                     .detail = "has its size noticed by '" + spelling(teller.function) + "'"});
      }
    }
  }
}

namespace {

/// The record that a side of a difference points to, through a local variable.
const RecordFacts* record_of_side(Context& context, CXCursor side) {
  if (const RecordFacts* record = record_behind(context, side)) return record;
  const CXCursor variable = clang_getCursorReferenced(strip_implicit(side));
  if (clang_getCursorKind(variable) != CXCursor_VarDecl) return nullptr;
  const CXCursor value = clang_Cursor_getVarDeclInitializer(variable);
  return clang::is_null(value) ? nullptr : record_behind(context, value);
}

/// Adds the use to all bases of a record.
void add_to_bases(Context& context, const RecordFacts& record, const UseFacts& use, CXCursor at,
                  Ancestors ancestors) {
  for (const CXType type : record.bases) {
    const RecordFacts* base = context.record(type);
    if (base == nullptr) continue;
    context.add(*base, at, ancestors, use);
    add_to_bases(context, *base, use, at, ancestors);
  }
}

}  // namespace

void see_distance(Context& context, CXCursor cast, Ancestors ancestors) {
  const std::size_t outer = skip_conversions_up(ancestors);
  if (outer == 0) return;
  const CXCursor minus = ancestors[outer - 1];
  if (clang_getCursorKind(minus) != CXCursor_BinaryOperator ||
      clang_getCursorBinaryOperatorKind(minus) != CXBinaryOperator_Sub) {
    return;
  }
  const std::vector<CXCursor> sides = children_of(minus);
  const CXType type = clang_getCanonicalType(clang_getCursorType(cast));
  const bool bytes = type.kind == CXType_Pointer ? is_byte_type(clang_getPointeeType(type))
                                                 : is_scalar_number(type);
  if (sides.size() != 2 || !bytes) return;
  const bool left = same_node(strip_implicit(sides[0]), cast);
  if (!left && is_cast(clang_getCursorKind(strip_implicit(sides[0])))) return;  // seen from there
  const RecordFacts* record = record_behind(context, cast);
  const RecordFacts* other = record_of_side(context, sides[left ? 1 : 0]);
  if (record == nullptr || other == nullptr || !record->counts) return;
  const bool base = record != other && context.same_or_derived(*record, *other);
  const bool derived = record != other && context.same_or_derived(*other, *record);
  if (record != other && !base && !derived) return;
  const Ancestors above = ancestors.first(outer - 1);
  const CXCursor consumer = consumer_above(above);
  if (clang_getCursorKind(consumer) == CXCursor_BinaryOperator &&
      clang_getCursorBinaryOperatorKind(consumer) == CXBinaryOperator_Div) {
    return;  // by the size: the number of objects between
  }
  if (!size_is_seen(context, flow_of(minus, above), above)) return;
  if (record == other) {
    context.add(
        *record, minus, above,
        {.kind = UseKind::SizeArithmetic, .detail = "has the bytes between two objects counted"});
    return;
  }
  // Where a base lies depends on the sizes of those before it.
  add_to_bases(context, base ? *record : *other,
               {.kind = UseKind::SizeArithmetic, .detail = "has the place of a base counted"},
               minus, above);
}

}  // namespace snug::uses
