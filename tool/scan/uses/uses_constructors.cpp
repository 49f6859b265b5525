// Constructors: in which order their initialisers stand, and what these need of each other.
#include <algorithm>

#include "scan/parse/lexer.hpp"
#include "scan/uses/uses_effects.hpp"
#include "scan/uses/uses_reads.hpp"

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

/// What the constructor does for one field.
struct FieldEffects {
  std::string name;
  bool listed = false;  ///< By an entry of the list; else as the class says for all constructors.
  Effects effects;
};

std::vector<FieldEffects> effects_of_fields(Context& context, CXCursor constructor,
                                            const RecordFacts& record,
                                            const std::vector<Initializer>& list) {
  std::vector<FieldEffects> all;
  for (const FieldFacts& field : record.fields) {
    const auto entry = std::find_if(list.begin(), list.end(), [&](const Initializer& one) {
      return !one.is_base && !field.name.empty() && spelling(one.anchor) == field.name;
    });
    if (entry == list.end()) {
      all.push_back({field.name, false, effects_unlisted(context, field)});
      continue;
    }
    FieldEffects one{field.name, true, effects_of_default(context, field.type)};
    for (const CXCursor value : entry->values) {
      one.effects.join(effects_of_initializer(context, value, field.type, constructor));
    }
    all.push_back(std::move(one));
  }
  return all;
}

/// Fields whose initialisers can notice each other have to keep their order.
void add_effects(Context& context, CXCursor constructor, Ancestors ancestors,
                 const RecordFacts& record, const std::vector<Initializer>& list) {
  const std::vector<FieldEffects> all = effects_of_fields(context, constructor, record, list);
  for (std::size_t a = 0; a < all.size(); ++a) {
    for (std::size_t b = a + 1; b < all.size(); ++b) {
      if ((!all[a].listed && !all[b].listed) || !all[a].effects.disturbs(all[b].effects)) continue;
      context.add(record, constructor, ancestors,
                  {.kind = UseKind::InitReadsMember,
                   .fields = {all[a].name, all[b].name},
                   .detail = std::string(has_effects)});
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
  add_effects(context, constructor, ancestors, *record, entries);
  if (!is_instantiation(constructor)) {
    context.add(std::move(list));
  }
}

}  // namespace snug::uses
