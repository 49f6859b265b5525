// Constructors: in which order their initialisers stand, and what these need of each other.
#include <algorithm>
#include <map>

#include "scan/lexer.hpp"
#include "scan/uses_reads.hpp"

namespace snug::uses {

namespace {

/// One entry of an initialiser list as the front end gives it.
struct Initializer {
  CXCursor anchor;  ///< The reference to the field, or the first reference of a base's name.
  bool is_base = false;
  std::vector<CXCursor> values;
};

bool is_base_anchor(CXCursorKind kind) {
  return kind == CXCursor_TypeRef || kind == CXCursor_TemplateRef || kind == CXCursor_NamespaceRef;
}

/// The children of a constructor between its parameters and its body.
std::vector<Initializer> initializers_of(CXCursor constructor) {
  std::vector<Initializer> list;
  bool started = false;
  unsigned name = 0;
  clang_getFileLocation(clang_getCursorLocation(constructor), nullptr, nullptr, nullptr, &name);
  for (const CXCursor child : children_of(constructor)) {
    const CXCursorKind kind = clang_getCursorKind(child);
    if (is_base_anchor(kind) && begin_offset(child) <= name) {
      continue;  // the `K::` of a definition outside the class
    }
    if (kind == CXCursor_MemberRef) {
      started = true;
      list.push_back({child, false, {}});
    } else if (is_base_anchor(kind)) {
      if (list.empty() || !list.back().is_base || !list.back().values.empty()) {
        list.push_back({child, true, {}});
      }
    } else if (clang_isExpression(kind) != 0 && !list.empty()) {
      list.back().values.push_back(child);
    } else if (clang_isDeclaration(kind) != 0) {
      list.clear();  // what stood before a parameter belongs to the declaration
      started = false;
    }
  }
  return started ? list : std::vector<Initializer>();
}

/// Finds where each entry of an initialiser list begins and ends in the text.
class ListText {
 public:
  ListText(std::string_view text, std::size_t begin, std::size_t end)
      : text_(text), tokens_(lex(text, begin, end)) {}

  /// From the first token of the name (scopes included) to the closing bracket and the dots of a
  /// pack; nothing if there are no brackets.
  [[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> entry(std::size_t anchor) const {
    std::size_t at = index_of(anchor);
    if (at >= tokens_.size()) {
      return std::nullopt;
    }
    std::size_t first = at;
    while (first > 0 &&
           (is(first - 1, "::") || is(first - 1, "typename") || is(first - 1, "template") ||
            (is(first, "::") && tokens_[first - 1].kind == LexemeKind::Word))) {
      --first;
    }
    int angles = 0;
    for (; at < tokens_.size(); ++at) {
      angles += is(at, "<") ? 1 : is(at, ">") ? -1 : 0;
      if (angles == 0 && (is(at, "(") || is(at, "{"))) {
        break;
      }
    }
    const std::size_t close = closing(at);
    if (close >= tokens_.size()) {
      return std::nullopt;
    }
    std::size_t end = tokens_[close].end;
    if (close + 3 < tokens_.size() && is(close + 1, ".") && is(close + 2, ".") &&
        is(close + 3, ".")) {
      end = tokens_[close + 3].end;
    }
    return std::pair{tokens_[first].begin, end};
  }

 private:
  [[nodiscard]] std::size_t index_of(std::size_t offset) const {
    const auto found =
        std::lower_bound(tokens_.begin(), tokens_.end(), offset,
                         [](const Lexeme& token, std::size_t at) { return token.begin < at; });
    return static_cast<std::size_t>(found - tokens_.begin());
  }

  [[nodiscard]] bool is(std::size_t index, std::string_view word) const {
    return snug::spelling(text_, tokens_[index]) == word;
  }

  [[nodiscard]] std::size_t closing(std::size_t open) const {
    int depth = 0;
    for (std::size_t i = open; i < tokens_.size(); ++i) {
      if (is(i, "(") || is(i, "{") || is(i, "[")) {
        ++depth;
      } else if (is(i, ")") || is(i, "}") || is(i, "]")) {
        if (--depth == 0) {
          return i;
        }
      }
    }
    return tokens_.size();
  }

  std::string_view text_;
  std::vector<Lexeme> tokens_;
};

/// A variable that is not the object's own: a parameter, a local or a global.
using Variables = std::map<std::string, bool>;  // USR to "is changed"

bool is_changing_parent(CXCursor parent) {
  switch (clang_getCursorKind(parent)) {
    case CXCursor_UnaryOperator: {
      const CXUnaryOperatorKind kind = clang_getCursorUnaryOperatorKind(parent);
      return kind == CXUnaryOperator_PostInc || kind == CXUnaryOperator_PostDec ||
             kind == CXUnaryOperator_PreInc || kind == CXUnaryOperator_PreDec ||
             kind == CXUnaryOperator_AddrOf;
    }
    case CXCursor_BinaryOperator:
      return clang_getCursorBinaryOperatorKind(parent) == CXBinaryOperator_Assign;
    case CXCursor_CompoundAssignOperator:
      return true;
    default:
      return false;
  }
}

/// A variable handed over as an lvalue that is not const may be changed by the function; one that
/// std::move or std::forward takes is.
bool is_changing_call(CXCursor call, CXCursor variable) {
  const std::string name = callee_name(call);
  if (name == "move" || name == "forward" || name == "exchange") {
    return true;
  }
  const CXCursor function = clang_getCursorReferenced(call);
  if (clang::is_null(function)) {
    return false;
  }
  const int count = clang_Cursor_getNumArguments(call);
  for (int i = 0; i < count; ++i) {
    const CXCursor argument = clang_Cursor_getArgument(call, static_cast<unsigned>(i));
    if (!same_node(argument, variable)) {
      continue;
    }
    const CXType parameter =
        clang_getArgType(clang_getCursorType(function), static_cast<unsigned>(i));
    return parameter.kind == CXType_LValueReference &&
           clang_isConstQualifiedType(clang_getPointeeType(parameter)) == 0;
  }
  return false;
}

void collect_variables(CXCursor cursor, CXCursor parent, CXCursor grandparent,
                       Variables& variables) {
  if (clang_getCursorKind(cursor) == CXCursor_UnaryExpr) {
    return;
  }
  if (clang_getCursorKind(cursor) == CXCursor_DeclRefExpr) {
    const CXCursor variable = clang_getCursorReferenced(cursor);
    const CXCursorKind kind = clang_getCursorKind(variable);
    if (kind == CXCursor_ParmDecl || kind == CXCursor_VarDecl) {
      bool changed = is_changing_parent(parent);
      if (clang_getCursorKind(parent) == CXCursor_CallExpr) {
        changed |= is_changing_call(parent, cursor);
      }
      if (clang_getCursorKind(parent) == CXCursor_MemberRefExpr &&
          clang_getCursorKind(grandparent) == CXCursor_CallExpr) {
        const CXCursor method = clang_getCursorReferenced(grandparent);
        changed |= clang_getCursorKind(method) == CXCursor_CXXMethod &&
                   clang_CXXMethod_isConst(method) == 0 && clang_CXXMethod_isStatic(method) == 0 &&
                   clang_getCursorType(cursor).kind != CXType_Pointer;
      }
      variables[clang::to_string(clang_getCursorUSR(variable))] |= changed;
    }
    return;
  }
  clang::visit_children(cursor, [&](CXCursor child, CXCursor) {
    collect_variables(child, cursor, parent, variables);
    return CXChildVisit_Continue;
  });
}

/// Initialisers that share a variable which one of them changes depend on their order.
void add_shared_variables(Context& context, CXCursor constructor, Ancestors ancestors,
                          const RecordFacts& record, const std::vector<Initializer>& list) {
  std::vector<std::pair<std::string, Variables>> entries;
  for (const Initializer& entry : list) {
    if (!entry.is_base) {
      entries.emplace_back(spelling(entry.anchor), Variables());
      for (const CXCursor value : entry.values) {
        collect_variables(value, entry.anchor, entry.anchor, entries.back().second);
      }
    }
  }
  for (std::size_t a = 0; a < entries.size(); ++a) {
    for (std::size_t b = a + 1; b < entries.size(); ++b) {
      const bool shared = std::any_of(
          entries[a].second.begin(), entries[a].second.end(), [&](const auto& variable) {
            const auto other = entries[b].second.find(variable.first);
            return other != entries[b].second.end() && (variable.second || other->second);
          });
      if (shared) {
        context.add(record, constructor, ancestors,
                    {.kind = UseKind::InitReadsMember,
                     .fields = {entries[a].first, entries[b].first},
                     .detail = "initialises both from one variable that it changes in between"});
      }
    }
  }
}

const FieldFacts* field_named(const RecordFacts& record, const std::string& name) {
  const auto found = std::find_if(record.fields.begin(), record.fields.end(),
                                  [&](const FieldFacts& field) { return field.name == name; });
  return found == record.fields.end() ? nullptr : &*found;
}

InitializerList::Item item_of(Context& context, const Initializer& entry, const ListText& text,
                              CXFile file) {
  InitializerList::Item item;
  item.is_base = entry.is_base;
  item.member = spelling(entry.is_base ? clang_getCursorReferenced(entry.anchor) : entry.anchor);
  if (const auto range = text.entry(begin_offset(entry.anchor))) {
    item.range = context.sources().range(file, range->first, range->second);
  }
  return item;
}

bool is_constructor(CXCursor cursor) {
  return clang_getCursorKind(cursor) == CXCursor_Constructor ||
         clang_getTemplateCursorKind(cursor) == CXCursor_Constructor;
}

bool is_instantiation(CXCursor function) {
  return !clang::is_null(clang_getSpecializedCursorTemplate(function));
}

}  // namespace

void see_constructor(Context& context, CXCursor constructor, Ancestors ancestors) {
  if (!is_constructor(constructor)) {
    return;
  }
  const std::vector<Initializer> entries = initializers_of(constructor);
  if (entries.empty()) {
    return;
  }
  const RecordFacts* record = context.record(clang_getCursorSemanticParent(constructor));
  if (record == nullptr || !record->counts) {
    return;
  }
  CXFile file = nullptr;
  const unsigned begin = begin_offset(constructor, &file);
  unsigned end = 0;
  clang_getFileLocation(clang_getRangeEnd(clang_getCursorExtent(constructor)), nullptr, nullptr,
                        nullptr, &end);
  std::vector<CXCursor> inside(ancestors.begin(), ancestors.end());
  inside.push_back(constructor);
  const ListText text(context.sources().text(file), begin, end);
  InitializerList list;
  list.record_id = record->id;
  list.where = context.sources().name(constructor);
  list.from_macro = context.sources().in_macro(constructor);
  for (const Initializer& entry : entries) {
    InitializerList::Item item = item_of(context, entry, text, file);
    list.from_macro |=
        !item.range.known() || (!entry.is_base && context.sources().in_macro(entry.anchor));
    ReadsFinder finder(context, *record);
    for (const CXCursor value : entry.values) {
      finder.look_at(value);
    }
    Reads reads = finder.take();
    item.reads = reads.fields;
    const FieldFacts* field = entry.is_base ? nullptr : field_named(*record, item.member);
    const CXType type = field == nullptr ? clang_getCursorType(entry.anchor) : field->type;
    if (!entry.is_base && !(entry.values.size() == 1 && stores_address(type, entry.values[0]))) {
      add_reads(context, entry.anchor, inside, *record, item.member, type, reads);
    }
    list.items.push_back(std::move(item));
  }
  add_shared_variables(context, constructor, ancestors, *record, entries);
  if (!is_instantiation(constructor)) {
    context.add(std::move(list));
  }
}

}  // namespace snug::uses
