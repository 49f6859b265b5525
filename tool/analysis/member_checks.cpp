#include "analysis/member_checks.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace snug {
namespace {

std::string quoted(const Slot& slot) {
  return slot.name.empty() ? "an unnamed field" : "'" + slot.name + "'";
}

/// Every slot must be declared by text of its own.
void check_slots(BodyText& body, const Record& record, std::span<const Slot* const> slots) {
  std::vector<bool> found(slots.size());
  for (const auto& member : body.members) {
    const bool ended = body.text[member.end - 1] == ';';
    for (const auto slot : member.slots) found[slot] = ended;
  }
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto& slot = *slots[i];
    const bool spelled = slot.name.empty() || !slot.members.empty() ||
                         body.text.substr(slot.where.begin, slot.name.size()) == slot.name;
    if (found[i] && spelled && slot.where.file == record.where.file) continue;
    body.refusals.push_back(quoted(slot) + " is declared by a macro or by an included file");
  }
}

/// A group of #if ... #endif stays whole: what stands in it keeps its place. A label in it would
/// change the access of what follows in one configuration only.
void check_directives(BodyText& body) {
  int depth = 0;
  for (auto& member : body.members) {
    if (member.kind == MemberKind::Directive) {
      auto name = body.text.substr(member.begin + 1, member.end - member.begin - 1);
      name.remove_prefix(std::min(name.find_first_not_of(" \t"), name.size()));
      const bool pack = name.find("pack") != std::string_view::npos;
      if (name.starts_with("pragma") && !pack) continue;  // diagnostics and the like
      const bool conditional = name.starts_with("if") || name.starts_with("el");
      if (!conditional && !name.starts_with("endif")) {
        body.refusals.emplace_back("a preprocessor directive stands among the members");
        return;
      }
      depth += name.starts_with("if") ? 1 : name.starts_with("endif") ? -1 : 0;
    } else if (depth > 0 && member.kind == MemberKind::Label) {
      body.refusals.emplace_back("an access label stands under #if");
      return;
    } else if (depth > 0 && member.kind != MemberKind::Function &&
               member.kind != MemberKind::Name) {
      member.pinned = "it stands under #if";
      if (body.conditional_at == 0) body.conditional_at = member.begin;
    }
  }
}

bool plain_prefix(const BodyText& body, std::size_t from, std::size_t to, std::uint64_t line) {
  static constexpr std::array<std::string_view, 5> kPlain{"mutable", "const", "volatile", "inline",
                                                          "__extension__"};
  for (auto at = from; at < to;) {
    const auto next = skip_attributes(body, at);
    const auto word = body.spelling(body.tokens[at]);
    const bool plain = next != at ||
                       std::find(kPlain.begin(), kPlain.end(), word) != kPlain.end() ||
                       body.tokens[at].begin >= line;
    if (!plain) return false;
    at = std::max(next, at + 1);
  }
  return true;
}

/// Text before a declaration on lines of its own that is no attribute is a macro, and nothing tells
/// whether it belongs to the field.
void pin_behind_macros(BodyText& body, std::span<const Slot* const> slots) {
  for (auto& member : body.members) {
    if (member.slots.empty()) continue;
    const auto& slot = *slots[member.slots.front()];
    if (!slot.declaration.known() || slot.declaration.begin <= member.begin) continue;
    auto to = member.first_token;
    while (to < member.last_token && body.tokens[to].begin < slot.declaration.begin) ++to;
    const auto line = line_begin(body.text, slot.declaration.begin);
    if (!plain_prefix(body, member.first_token, to, line)) {
      member.pinned = "a macro stands before " + quoted(slot);
    }
  }
}

/// A zero-width bit-field separates the fields beside it; they stay.
void pin_beside_walls(BodyText& body, std::span<const Slot* const> slots) {
  for (std::size_t i = 0; i < body.members.size(); ++i) {
    if (body.members[i].kind != MemberKind::Wall) continue;
    for (const auto side : {i - 1, i + 1}) {
      if (side >= body.members.size() || body.members[side].slots.empty()) continue;
      auto& beside = body.members[side];
      beside.pinned =
          quoted(*slots[beside.slots.front()]) + " stands beside a zero-width bit-field";
    }
  }
}

}  // namespace

void check_members(BodyText& body, const Record& record, std::span<const Slot* const> slots) {
  check_directives(body);
  if (body.refusals.empty()) check_slots(body, record, slots);
  if (!body.refusals.empty()) return;
  pin_behind_macros(body, slots);
  pin_beside_walls(body, slots);
}

}  // namespace snug
