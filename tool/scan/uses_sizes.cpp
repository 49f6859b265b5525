// Numbers that come out of a layout: sizeof and offsetof.
#include <algorithm>

#include "scan/uses_context.hpp"

namespace snug::uses {

namespace {

/// What happens to a number on its way out of the expression that it was made in.
struct Flow {
  bool arithmetic = false;     ///< Added, multiplied, compared ...
  bool asserted = false;       ///< static_assert, case, enumerator: another value is an error.
  bool in_type = false;        ///< Array bound or template argument: follows by itself.
  bool tested = false;         ///< Compared; in a type that is an assertion of old.
  bool added = false;          ///< Something is added to it or taken from it.
  bool allocation = false;     ///< How much memory to ask for.
  bool to_call = false;        ///< An argument of another call.
  bool upper_bound = false;    ///< Compared so that a smaller value holds too.
  bool element_count = false;  ///< sizeof a / sizeof a[0].
  bool offsets = false;        ///< The difference or comparison of two offsets.
  CXCursor stop = clang_getNullCursor();
};

bool is_sizeof_like(CXCursor expression) {
  return clang_getCursorKind(strip_casts(expression)) == CXCursor_UnaryExpr;
}

bool is_offset_like(CXCursor expression) {
  bool found = false;
  clang::visit_children(strip_casts(expression), [&](CXCursor child, CXCursor) {
    found |= clang_getCursorKind(child) == CXCursor_MemberRef;
    return CXChildVisit_Continue;
  });
  return found;
}

unsigned name_offset(CXCursor declaration) {
  unsigned offset = 0;
  clang_getFileLocation(clang_getCursorLocation(declaration), nullptr, nullptr, nullptr, &offset);
  return offset;
}

void note_operator(Flow& flow, CXCursor binary, CXCursor side) {
  const std::vector<CXCursor> sides = children_of(binary);
  const CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(binary);
  if (sides.size() != 2 || kind == CXBinaryOperator_Assign || kind == CXBinaryOperator_Comma ||
      kind == CXBinaryOperator_LAnd || kind == CXBinaryOperator_LOr) {
    return;
  }
  const bool left = same_node(sides[0], side);
  flow.element_count |=
      kind == CXBinaryOperator_Div && is_sizeof_like(sides[0]) && is_sizeof_like(sides[1]);
  const bool compares_up = kind == CXBinaryOperator_LE || kind == CXBinaryOperator_LT;
  const bool compares_down = kind == CXBinaryOperator_GE || kind == CXBinaryOperator_GT;
  flow.upper_bound |= !flow.arithmetic && ((left && compares_up) || (!left && compares_down));
  flow.tested |=
      compares_up || compares_down || kind == CXBinaryOperator_EQ || kind == CXBinaryOperator_NE;
  flow.offsets |=
      kind != CXBinaryOperator_Add && is_offset_like(sides[0]) && is_offset_like(sides[1]);
  flow.added |= kind == CXBinaryOperator_Add || kind == CXBinaryOperator_Sub;
  flow.arithmetic = true;
}

/// True if the part of the declaration is its type (an array bound, a template argument, the width
/// of a bit-field) and not its initialiser.
bool stands_in_type(CXCursor declaration, CXCursor part) {
  switch (clang_getCursorKind(declaration)) {
    case CXCursor_VarDecl: {
      const CXCursor value = clang_Cursor_getVarDeclInitializer(declaration);
      return clang::is_null(value) || !same_node(strip_implicit(value), strip_implicit(part));
    }
    case CXCursor_FieldDecl: {
      const CXTypeKind kind = clang_getCanonicalType(clang_getCursorType(declaration)).kind;
      if (clang_Cursor_isBitField(declaration) != 0 || kind == CXType_ConstantArray) {
        const std::vector<CXCursor> parts = children_of(declaration);
        const auto first = std::find_if(parts.begin(), parts.end(), [](CXCursor child) {
          return clang_isExpression(clang_getCursorKind(child)) != 0;
        });
        return first != parts.end() && same_node(*first, part);
      }
      return begin_offset(part) < name_offset(declaration);  // std::array<char, sizeof(T)> field
    }
    case CXCursor_ParmDecl:
      return begin_offset(part) < name_offset(declaration);
    default:
      return true;
  }
}

Flow flow_of(CXCursor number, Ancestors ancestors) {
  Flow flow;
  CXCursor inner = number;
  for (auto i = ancestors.rbegin(); i != ancestors.rend(); ++i) {
    flow.stop = *i;
    switch (clang_getCursorKind(*i)) {
      case CXCursor_BinaryOperator:
        note_operator(flow, *i, inner);
        if (clang_getCursorBinaryOperatorKind(*i) == CXBinaryOperator_Assign) {
          return flow;
        }
        break;
      case CXCursor_CompoundAssignOperator:
        flow.arithmetic = true;
        return flow;
      case CXCursor_UnexposedExpr:
      case CXCursor_ParenExpr:
      case CXCursor_CStyleCastExpr:
      case CXCursor_CXXStaticCastExpr:
      case CXCursor_CXXFunctionalCastExpr:
      case CXCursor_UnaryOperator:
      case CXCursor_ConditionalOperator:
      case CXCursor_InitListExpr:
      case CXCursor_CXXReinterpretCastExpr:
        break;
      case CXCursor_StaticAssert:
      case CXCursor_CaseStmt:
      case CXCursor_EnumConstantDecl:
        flow.asserted = true;
        return flow;
      case CXCursor_VarDecl:
      case CXCursor_FieldDecl:
      case CXCursor_TypedefDecl:
      case CXCursor_TypeAliasDecl:
      case CXCursor_ParmDecl:
        flow.in_type = stands_in_type(*i, inner);
        flow.asserted = flow.in_type && flow.tested;
        return flow;
      case CXCursor_CXXNewExpr:
        flow.allocation = true;
        return flow;
      case CXCursor_CallExpr: {
        const std::string name = callee_name(*i);
        flow.allocation = is_allocation_name(name);
        flow.to_call = !name.empty();
        return flow;
      }
      default:
        return flow;
    }
    inner = *i;
  }
  return flow;
}

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

/// The record whose size is taken, as id; empty if it is none.
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
    return context.record(clang_getCursorReferenced(*outermost));
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

/// `char key[1];` at the end: memory behind the object may be the rest of the array.
bool ends_in_array(const RecordFacts& record) {
  if (record.fields.empty()) {
    return false;
  }
  const CXTypeKind last = record.fields.back().type.kind;
  return last == CXType_ConstantArray || last == CXType_IncompleteArray;
}

}  // namespace

void see_sizeof(Context& context, CXCursor expression, Ancestors ancestors) {
  if (!begins_with(context, expression, "sizeof")) {
    return;
  }
  const Flow flow = flow_of(expression, ancestors);
  const bool room_behind = flow.allocation && flow.added;
  if ((flow.allocation && !room_behind) || flow.element_count ||
      !(flow.arithmetic || flow.asserted || flow.in_type)) {
    return;
  }
  const RecordFacts* record = measured_record(context, expression, ancestors);
  if (record == nullptr || (room_behind && !ends_in_array(*record))) {
    return;
  }
  UseFacts use{.kind = UseKind::SizeArithmetic};
  if (room_behind) {
    use.fields = {record->fields.back().name};
    use.detail = "gets more memory, in which its last field '" + use.fields[0] + "' goes on";
  } else if (flow.asserted) {
    use.kind = UseKind::AssertedSize;
    use.asserted = true;
    use.keeps_meaning = flow.upper_bound;
    use.detail = "has its size pinned";
  } else if (flow.in_type) {
    use.kind = UseKind::AssertedSize;
    use.keeps_meaning = true;
    use.detail = "gives its size to a type";
  } else if (flow.to_call && clang_getCursorKind(flow.stop) == CXCursor_CallExpr &&
             call_kind(callee_name(flow.stop)) != CallKind::Unknown) {
    return;  // the call is looked at on its own
  }
  context.add(*record, expression, ancestors, use);
}

namespace {

/// The record that a field belongs to, through anonymous structs and unions.
const RecordFacts* owner_of(Context& context, CXCursor field) {
  const RecordFacts* owner = context.record(clang_getCursorSemanticParent(field));
  while (owner != nullptr && clang_Cursor_isAnonymousRecordDecl(owner->definition) != 0) {
    owner = context.record(clang_getCursorSemanticParent(owner->definition));
  }
  return owner;
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
  } else if (flow.offsets) {
    use.keeps_meaning = false;
    use.detail = "takes the distance of two fields";
    use.fields.clear();
  } else if (flow.to_call) {
    const CallKind kind = call_kind(callee_name(flow.stop));
    if (kind == CallKind::Memory || kind == CallKind::Io) {
      use.keeps_meaning = false;
      use.detail = "tells how many bytes to copy";
      use.fields.clear();
    }
  }
  context.add(*owner, at, ancestors, use);
}

}  // namespace

void see_member_ref(Context& context, CXCursor reference, Ancestors ancestors) {
  if (ancestors.empty() || clang_getCursorKind(ancestors.back()) != CXCursor_UnexposedExpr) {
    return;
  }
  if (ancestors.size() > 1 &&
      clang_getCursorKind(ancestors[ancestors.size() - 2]) == CXCursor_InitListExpr) {
    return;  // a designator
  }
  const CXCursor field = clang_getCursorReferenced(reference);
  if (clang_getCursorKind(field) == CXCursor_FieldDecl) {
    add_offset(context, ancestors.back(), ancestors.first(ancestors.size() - 1), field);
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
