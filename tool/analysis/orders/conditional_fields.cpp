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

/// Byte offsets of what opens a group, an #if or a mark, and of what closes it.
using Group = std::pair<std::uint64_t, std::uint64_t>;

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// 1 for what opens a group, -1 for what closes one, else 0.
int step_of(std::string_view text, const SourceToken& token) {
  std::string_view words = text.substr(token.begin, token.end - token.begin);
  if (is_comment(token)) {
    if (contains(words, "NOLINTBEGIN") || contains(words, "clang-format off") ||
        contains(words, "clang-format: off")) {
      return 1;
    }
    return contains(words, "NOLINTEND") || contains(words, "clang-format on") ||
                   contains(words, "clang-format: on")
               ? -1
               : 0;
  }
  if (token.kind != TokenKind::Directive) return 0;
  words.remove_prefix(1);
  words.remove_prefix(std::min(words.find_first_not_of(" \t"), words.size()));
  if (words.starts_with("if")) return 1;
  if (words.starts_with("endif")) return -1;
  if (!words.starts_with("pragma")) return 0;
  if (contains(words, "push") || contains(words, " region")) return 1;
  return contains(words, "pop") || contains(words, "endregion") ? -1 : 0;
}

std::vector<Group> outer_groups(std::string_view text, const SourceRange& definition) {
  std::vector<Group> groups;
  int depth = 0;
  for (const SourceToken& token : lex_source(text, definition.begin, definition.end)) {
    const int step = step_of(text, token);
    if (step > 0 && depth++ == 0) groups.emplace_back(token.begin, definition.end);
    if (step < 0 && depth > 0 && --depth == 0) groups.back().second = token.end;
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
  if (!record.definition.known()) return names;
  const std::optional<std::string> text = files.read(record.definition.file);
  if (!text || record.definition.end > text->size()) return names;
  add_names(record.slots, outer_groups(*text, record.definition), names);
  return names;
}

}  // namespace snug
