#include "analysis/orders/conditional_fields.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/source_text.hpp"

namespace snug {

namespace {

/// Byte offsets of an #if and of the #endif that closes it.
using Group = std::pair<std::uint64_t, std::uint64_t>;

std::vector<Group> outer_groups(std::string_view text, const SourceRange& definition) {
  std::vector<Group> groups;
  int depth = 0;
  for (const SourceToken& token : lex_source(text, definition.begin, definition.end)) {
    if (token.kind != TokenKind::Directive) continue;
    std::string_view name = text.substr(token.begin + 1, token.end - token.begin - 1);
    name.remove_prefix(std::min(name.find_first_not_of(" \t"), name.size()));
    if (name.starts_with("if") && depth++ == 0) groups.emplace_back(token.begin, definition.end);
    if (name.starts_with("endif") && depth > 0 && --depth == 0) groups.back().second = token.end;
  }
  return groups;
}

void add_names(const std::vector<Slot>& slots, const std::vector<Group>& groups,
               FieldNames& names) {
  for (const Slot& slot : slots) {
    const bool inside = std::any_of(groups.begin(), groups.end(), [&](const Group& group) {
      return slot.where.begin > group.first && slot.where.begin < group.second;
    });
    if (inside && slot.where.known() && !slot.name.empty()) names.insert(slot.name);
    add_names(slot.members, groups, names);
  }
}

}  // namespace

FieldNames conditional_fields(const Record& record, const Files& files) {
  FieldNames names;
  if (!record.traits.conditional_fields || !record.definition.known()) return names;
  const std::optional<std::string> text = files.read(record.definition.file);
  if (!text || record.definition.end > text->size()) return names;
  add_names(record.slots, outer_groups(*text, record.definition), names);
  return names;
}

}  // namespace snug
