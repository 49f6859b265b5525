// Values that find their fields by position: braces, parentheses, designators and bindings.
#include <algorithm>

#include "scan/uses/uses_context.hpp"

namespace snug::uses {

namespace {

/// The field that a designator `.a.b = ...` begins with, or a null cursor.
CXCursor designated_field(CXCursor clause) {
  if (clang_getCursorKind(clause) != CXCursor_UnexposedExpr) {
    return clang_getNullCursor();
  }
  CXCursor first = clang_getNullCursor();
  clang::visit_children(clause, [&](CXCursor child, CXCursor) {
    first = child;
    return CXChildVisit_Break;
  });
  return clang_getCursorKind(first) == CXCursor_MemberRef ? first : clang_getNullCursor();
}

/// `[2] = {...}`: an element of an array with braces of its own.
bool is_designated_row(CXCursor clause) {
  if (clang_getCursorKind(clause) != CXCursor_UnexposedExpr) {
    return false;
  }
  const std::vector<CXCursor> parts = children_of(clause);
  return parts.size() > 1 && clang_getCursorKind(parts.back()) == CXCursor_InitListExpr;
}

/// The record that holds the last field of a designator with several steps (`.a.b`, `[1].b`), or
/// null.
const RecordFacts* deep_target(Context& context, CXCursor clause) {
  if (clang_getCursorKind(clause) != CXCursor_UnexposedExpr) {
    return nullptr;
  }
  const std::vector<CXCursor> parts = children_of(clause);
  CXCursor last = clang_getNullCursor();
  for (const CXCursor part : parts) {
    last = clang_getCursorKind(part) == CXCursor_MemberRef ? part : last;
  }
  if (parts.size() < 3 || clang::is_null(last)) {
    return nullptr;
  }
  return context.record(clang_getCursorSemanticParent(clang_getCursorReferenced(last)));
}

constexpr std::string_view mixes = "mixes designators with values by position";
constexpr std::string_view mixed_values = "designators and values by position are mixed";

/// `.s.b = 5, 6`: the values behind a designator fill what follows its field.
void add_values_behind(Context& context, CXCursor list, Ancestors ancestors,
                       std::span<const CXCursor> clauses) {
  for (std::size_t i = 0; i + 1 < clauses.size(); ++i) {
    const RecordFacts* record = deep_target(context, clauses[i]);
    const bool by_position = deep_target(context, clauses[i + 1]) == nullptr &&
                             clang::is_null(designated_field(clauses[i + 1])) &&
                             !is_designated_row(clauses[i + 1]);
    if (record != nullptr && by_position) {
      context.add(*record, list, ancestors,
                  {.kind = UseKind::PositionalInit,
                   .detail = std::string(mixes),
                   .obstacle = std::string(mixed_values)});
    }
  }
}

constexpr std::string_view no_braces = "inner braces are left out";

/// Which fields a list of values fills, found the way the compiler finds them.
class Filling {
 public:
  Filling(Context& context, CXCursor at, Ancestors ancestors, std::span<const CXCursor> clauses)
      : context_(context), at_(at), ancestors_(ancestors), clauses_(clauses) {}

  /// Takes clauses for the record and returns the names of the fields that got one.
  std::vector<std::string> fill(const RecordFacts& record) {
    std::vector<std::string> names;
    for (const CXType base : record.bases) {
      fill_one(base);
    }
    for (const FieldFacts& field : record.fields) {
      if (done()) {
        break;
      }
      if (clang_Cursor_isBitField(field.cursor) != 0 && field.name.empty()) {
        continue;
      }
      names.push_back(field.name);
      fill_one(field.type);
      if (record.is_union) {
        break;
      }
    }
    return names;
  }

  /// True if a value was found to stand without the braces of its aggregate.
  [[nodiscard]] bool leaves_out_braces() const { return leaves_out_braces_; }

 private:
  [[nodiscard]] bool done() const { return next_ >= clauses_.size(); }

  /// One subobject: a clause of its own, or (where braces are left out) one for each of its parts.
  void fill_one(CXType type) {
    if (done()) {
      return;
    }
    const CXCursor clause = clauses_[next_];
    const CXCursorKind kind = clang_getCursorKind(clause);
    if (kind == CXCursor_InitListExpr || !clang::is_null(designated_field(clause))) {
      ++next_;
    } else if (type.kind == CXType_ConstantArray) {
      fill_array(type, clause);
    } else {
      const RecordFacts* nested = context_.record(type);
      if (type.kind != CXType_Record || nested == nullptr || !nested->aggregate ||
          is_whole(clause, *nested)) {
        ++next_;
      } else {
        fill_nested(*nested);
      }
    }
  }

  void fill_array(CXType type, CXCursor clause) {
    if (clang_getCursorKind(strip_implicit(clause)) == CXCursor_StringLiteral) {
      ++next_;
      return;
    }
    leaves_out_braces_ = true;
    const CXType element = clang_getCanonicalType(clang_getArrayElementType(type));
    for (long long i = clang_getArraySize(type); i > 0 && !done(); --i) {
      fill_one(element);
    }
  }

  void fill_nested(const RecordFacts& nested) {
    leaves_out_braces_ = true;
    const std::size_t before = next_;
    const std::vector<std::string> names = fill(nested);
    if (next_ == before) {
      ++next_;  // an empty aggregate without braces
      return;
    }
    const bool zero = std::all_of(clauses_.begin() + static_cast<std::ptrdiff_t>(before),
                                  clauses_.begin() + static_cast<std::ptrdiff_t>(next_), is_zero);
    context_.add(nested, at_, ancestors_,
                 {.kind = UseKind::PositionalInit,
                  .fields = names,
                  .detail = "is part of a list without inner braces",
                  .keeps_meaning = zero && !context_.is_cxx(),
                  .obstacle = std::string(no_braces)});
  }

  /// True if the value initialises the record as a whole and not its first part.
  bool is_whole(CXCursor clause, const RecordFacts& nested) {
    const RecordFacts* value = context_.record(clang_getCursorType(clause));
    if (value == nullptr) {
      return false;
    }
    return context_.same_or_derived(*value, nested) || !context_.starts_with(nested, value->type);
  }

  Context& context_;
  CXCursor at_;
  Ancestors ancestors_;
  std::span<const CXCursor> clauses_;
  std::size_t next_ = 0;
  bool leaves_out_braces_ = false;
};

/// Rows of a table tell the same thing; the first one tells it for all.
bool is_later_row(Context& context, CXCursor list, Ancestors ancestors) {
  if (ancestors.empty() || clang_getCursorKind(ancestors.back()) != CXCursor_InitListExpr ||
      clang_getCanonicalType(clang_getCursorType(ancestors.back())).kind != CXType_ConstantArray) {
    return false;
  }
  const CXCursor row = context.first_row(ancestors.back());
  return !clang::is_null(row) && !same_node(row, list) &&
         clang_getCursorKind(row) == CXCursor_InitListExpr &&
         children_of(row).size() == children_of(list).size() &&
         clang::is_null(designated_field(list)) && !is_zero(row);
}

void add_designated(Context& context, CXCursor list, Ancestors ancestors, const RecordFacts& record,
                    std::span<const CXCursor> clauses) {
  UseFacts use{.kind = UseKind::DesignatedInit};
  bool mixed = false;
  for (const CXCursor clause : clauses) {
    const CXCursor field = designated_field(clause);
    mixed |= clang::is_null(field);
    use.fields.push_back(clang::is_null(field) ? std::string() : spelling(field));
  }
  if (mixed) {
    use.kind = UseKind::PositionalInit;
    use.fields.clear();
    use.detail = mixes;
    use.obstacle = mixed_values;
  } else {
    use.keeps_meaning = !context.is_cxx() || use.fields.size() < 2;
    add_items(context, list, ancestors, record, {clauses, use.fields, 0}, use);
  }
  context.add(record, list, ancestors, use);
}

/// In a list of zeros every field gets a zero, whatever the order; in C++ only where no class
/// gets to see the zero.
bool all_zero(const Context& context, const RecordFacts& record,
              std::span<const CXCursor> clauses) {
  return std::all_of(clauses.begin(), clauses.end(), is_zero) &&
         (!context.is_cxx() || clang_isPODType(record.type) != 0);
}

/// A value in the list of an array that begins a row without braces of its own.
bool begins_flat_row(Context& context, CXCursor clause) {
  return clang_getCursorKind(clause) != CXCursor_InitListExpr &&
         clang::is_null(designated_field(clause)) && !is_designated_row(clause) &&
         context.record(clang_getCursorType(clause)) == nullptr;
}

/// Of an array only rows without braces of their own concern us here; they may stand behind rows
/// that have some.
void add_flat_rows(Context& context, CXCursor list, Ancestors ancestors, const RecordFacts& record,
                   std::span<const CXCursor> clauses) {
  if (!record.aggregate) return;
  const auto flat = std::find_if(clauses.begin(), clauses.end(),
                                 [&](CXCursor clause) { return begins_flat_row(context, clause); });
  if (flat == clauses.end()) return;
  const std::span<const CXCursor> values(flat, clauses.end());
  context.add(record, list, ancestors,
              {.kind = UseKind::PositionalInit,
               .fields = Filling(context, list, ancestors, values).fill(record),
               .detail = "is an array filled without inner braces",
               .keeps_meaning = all_zero(context, record, values),
               .obstacle = std::string(no_braces)});
}

constexpr std::string_view hidden_value = "the front end does not show the value behind the names";

/// Outside of functions the front end does not always show what the names are bound to.
bool hides_value(Ancestors ancestors) {
  return std::none_of(ancestors.begin(), ancestors.end(), [](CXCursor above) {
    const CXCursorKind kind = clang_getCursorKind(above);
    return clang::is_function_or_template(kind) || kind == CXCursor_LambdaExpr;
  });
}

/// A value that is not shown may build each record that it holds by position.
void add_hidden_parts(Context& context, CXCursor at, Ancestors ancestors,
                      const RecordFacts& record) {
  for (const FieldFacts& field : record.fields) {
    const RecordFacts* part = context.record(field.type);
    if (part == nullptr || field.type.kind == CXType_LValueReference) {
      continue;
    }
    context.add(*part, at, ancestors,
                {.kind = UseKind::PositionalInit, .obstacle = std::string(hidden_value)});
    add_hidden_parts(context, at, ancestors, *part);
  }
}

}  // namespace

void see_init_list(Context& context, CXCursor list, Ancestors ancestors) {
  const CXType type = clang_getCanonicalType(clang_getCursorType(list));
  const bool is_array = type.kind == CXType_ConstantArray;
  if (type.kind != CXType_Record && !is_array) {
    return;
  }
  const RecordFacts* record = context.record(type);
  if (record == nullptr) {
    return;
  }
  const std::vector<CXCursor> clauses = children_of(list);
  if (clauses.empty()) {
    return;
  }
  add_values_behind(context, list, ancestors, clauses);
  if (is_array) return add_flat_rows(context, list, ancestors, *record, clauses);
  if (std::any_of(clauses.begin(), clauses.end(),
                  [](CXCursor c) { return !clang::is_null(designated_field(c)); })) {
    add_designated(context, list, ancestors, *record, clauses);
    return;
  }
  Filling filling(context, list, ancestors, clauses);
  std::vector<std::string> names = filling.fill(*record);
  if (record->is_union || names.empty()) {
    return;  // the first member of a union stays the first; only bases were given values
  }
  UseFacts use{.kind = UseKind::PositionalInit,
               .fields = names,
               .keeps_meaning = all_zero(context, *record, clauses),
               .repeats = is_later_row(context, list, ancestors)};
  if (filling.leaves_out_braces() || clauses.size() < names.size()) {
    use.obstacle = no_braces;
  } else {
    const std::size_t bases = clauses.size() - names.size();
    add_items(context, list, ancestors, *record, {clauses, std::move(names), bases}, use);
  }
  context.add(*record, list, ancestors, use);
}

void see_paren_list(Context& context, CXCursor list, Ancestors ancestors) {
  const RecordFacts* record = context.record(clang_getCursorType(list));
  if (record == nullptr || record->is_union) {
    return;
  }
  const unsigned open = begin_offset(list);
  std::vector<CXCursor> clauses;
  for (const CXCursor child : children_of(list)) {  // default initialisers are children too
    CXFile file = nullptr;
    const unsigned at = begin_offset(child, &file);
    if (file != nullptr && at > open) {
      clauses.push_back(child);
    }
  }
  const std::vector<std::string> all = record->field_names();
  const std::size_t bases = std::min(record->bases.size(), clauses.size());
  const std::size_t filled = std::min(all.size(), clauses.size() - bases);
  if (filled > 0) {
    UseFacts use{.kind = UseKind::ParenInit,
                 .fields = {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(filled)}};
    add_items(context, list, ancestors, *record, {clauses, use.fields, bases}, use);
    context.add(*record, list, ancestors, use);
  }
}

void see_binding(Context& context, CXCursor declaration, Ancestors ancestors) {
  CXType type = clang_getCursorType(declaration);
  if (type.kind == CXType_Invalid || !spelling(declaration).starts_with('[')) {
    return;
  }
  type = clang_getCanonicalType(type);
  if (type.kind == CXType_LValueReference || type.kind == CXType_RValueReference) {
    type = clang_getCanonicalType(clang_getPointeeType(type));
  }
  const RecordFacts* record = type.kind == CXType_Record ? context.record(type) : nullptr;
  if (record == nullptr || context.is_tuple_like(*record)) {
    return;
  }
  while (record->fields.empty()) {  // then all fields stand in one base
    const RecordFacts* holder = nullptr;
    for (const CXType base : record->bases) {
      const RecordFacts* facts = context.record(base);
      if (facts != nullptr && (!facts->fields.empty() || !facts->bases.empty())) {
        holder = facts;
      }
    }
    if (holder == nullptr) {
      return;
    }
    record = holder;
  }
  if (record->counts) {  // std::pair and its like are asked with get<>
    UseFacts use{.kind = UseKind::StructuredBinding, .fields = record->field_names()};
    add_binding_items(context, declaration, ancestors, use.fields, use);
    if (hides_value(ancestors)) {
      use.items.clear();
      use.obstacle = hidden_value;
      add_hidden_parts(context, declaration, ancestors, *record);
    }
    context.add(*record, declaration, ancestors, use);
  }
}

}  // namespace snug::uses
