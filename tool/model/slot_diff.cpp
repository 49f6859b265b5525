#include "model/slot_diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <string_view>
#include <tuple>

namespace snug {
namespace {

/// The type as C++ spells it: C says `_Bool` for `bool` and `struct S` for `S`.
std::string without_dialect(std::string_view type) {
  std::string plain;
  while (!type.empty()) {
    std::size_t end = 0;
    while (end < type.size() &&
           (std::isalnum(static_cast<unsigned char>(type[end])) != 0 || type[end] == '_')) {
      ++end;
    }
    const std::string_view word = type.substr(0, end);
    if (word == "struct" || word == "union" || word == "enum") {
      end += end < type.size() && type[end] == ' ' ? 1 : 0;
    } else if (!word.empty()) {
      plain += word == "_Bool" ? "bool" : word;
    } else {
      plain += type[end++];
    }
    type.remove_prefix(end);
  }
  return plain;
}

bool is_gap(const Slot& slot) {
  return slot.kind == SlotKind::Hole || slot.kind == SlotKind::TailPadding;
}

/// Everything but padding, anonymous members unfolded.
void flatten(std::span<const Slot> slots, std::vector<const Slot*>& out) {
  for (const Slot& slot : slots) {
    if (is_gap(slot)) continue;
    if (slot.members.empty()) {
      out.push_back(&slot);
    } else {
      flatten(slot.members, out);
    }
  }
}

/// A field that becomes a bit-field is still the same one; bases are no fields.
int family(SlotKind kind) {
  switch (kind) {
    case SlotKind::Field:
    case SlotKind::BitField:
      return 0;
    case SlotKind::Base:
    case SlotKind::VirtualBase:
      return 1;
    default:
      return 2 + static_cast<int>(kind);
  }
}

/// By what a slot is recognised; `rank` counts the slots before it that have the same rest.
using SlotKey = std::tuple<int, std::string_view, std::string_view, std::size_t>;

std::map<SlotKey, const Slot*> by_key(const std::vector<const Slot*>& slots) {
  std::map<SlotKey, const Slot*> keys;
  std::map<SlotKey, std::size_t> seen;
  for (const Slot* slot : slots) {
    SlotKey key{family(slot->kind), slot->name,
                slot->name.empty() ? slot->type : std::string_view(), 0};
    const std::size_t rank = seen[key]++;
    std::get<3>(key) = rank;
    keys.emplace(key, slot);
  }
  return keys;
}

Slot bare(const Slot& slot) {
  Slot copy = slot;
  copy.members.clear();
  return copy;
}

/// An added and a removed slot of one type at one place are one that was renamed.
void join_renamed(std::vector<SlotChange>& changes) {
  const auto place = [](const Slot& slot) {
    return std::tuple(slot.extent.offset_bits, slot.extent.size_bits, slot.type, slot.kind);
  };
  std::multimap<decltype(place(Slot())), std::size_t> removed;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (changes[i].kind == SlotChange::Kind::Removed) removed.emplace(place(changes[i].before), i);
  }
  std::vector<bool> joined(changes.size(), false);
  for (SlotChange& change : changes) {
    if (change.kind != SlotChange::Kind::Added) continue;
    const auto old = removed.find(place(change.after));
    if (old == removed.end()) continue;
    change.kind = SlotChange::Kind::Renamed;
    change.before = changes[old->second].before;
    joined[old->second] = true;
    removed.erase(old);
  }
  std::vector<SlotChange> kept;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (!joined[i]) kept.push_back(std::move(changes[i]));
  }
  changes = std::move(kept);
}

std::string place_text(std::uint64_t bits) {
  return bits % 8 == 0 ? fmt::format("byte {}", bits / 8)
                       : fmt::format("bit {} of byte {}", bits % 8, bits / 8);
}

std::string amount_text(std::uint64_t bits) {
  const std::uint64_t count = bits % 8 == 0 ? bits / 8 : bits;
  return fmt::format("{} {}{}", count, bits % 8 == 0 ? "byte" : "bit", count == 1 ? "" : "s");
}

std::string label(const Slot& slot) {
  if (!slot.name.empty()) return fmt::format("'{}'", slot.name);
  if (slot.kind == SlotKind::BitField) return "an unnamed bit-field";
  return fmt::format("the {}", to_string(slot.kind));
}

}  // namespace

bool same_type(std::string_view a, std::string_view b) {
  return a == b || without_dialect(a) == without_dialect(b);
}

std::vector<SlotChange> slot_changes(std::span<const Slot> before, std::span<const Slot> after) {
  std::vector<const Slot*> old_slots;
  std::vector<const Slot*> new_slots;
  flatten(before, old_slots);
  flatten(after, new_slots);
  const std::map<SlotKey, const Slot*> old_keys = by_key(old_slots);
  const std::map<SlotKey, const Slot*> new_keys = by_key(new_slots);
  std::vector<SlotChange> changes;
  for (const auto& [key, slot] : new_keys) {
    const auto old = old_keys.find(key);
    if (old == old_keys.end()) {
      SlotChange& added = changes.emplace_back();
      added.kind = SlotChange::Kind::Added;
      added.after = bare(*slot);
      continue;
    }
    SlotChange change{SlotChange::Kind::Changed, bare(*old->second), bare(*slot)};
    if (change.moved() || change.resized() || change.retyped()) {
      changes.push_back(std::move(change));
    }
  }
  for (const auto& [key, slot] : old_keys) {
    if (new_keys.contains(key)) continue;
    SlotChange& removed = changes.emplace_back();
    removed.kind = SlotChange::Kind::Removed;
    removed.before = bare(*slot);
  }
  join_renamed(changes);
  const auto place = [](const SlotChange& change) {
    const bool gone = change.kind == SlotChange::Kind::Removed;
    const Slot& slot = gone ? change.before : change.after;
    return std::tuple(slot.extent.offset_bits, gone ? 0 : 1, slot.extent.size_bits, slot.name);
  };
  std::stable_sort(changes.begin(), changes.end(),
                   [&](const SlotChange& a, const SlotChange& b) { return place(a) < place(b); });
  return changes;
}

std::string describe(const SlotChange& change) {
  const Slot& before = change.before;
  const Slot& after = change.after;
  switch (change.kind) {
    case SlotChange::Kind::Added:
      return fmt::format("{} is new: {} at {}", label(after), amount_text(after.extent.size_bits),
                         place_text(after.extent.offset_bits));
    case SlotChange::Kind::Removed:
      return fmt::format("{} is gone: {} at {}", label(before),
                         amount_text(before.extent.size_bits),
                         place_text(before.extent.offset_bits));
    case SlotChange::Kind::Renamed:
      return fmt::format("{} is called {} now", label(before), label(after));
    case SlotChange::Kind::Changed:
      break;
  }
  std::vector<std::string> parts;
  if (change.moved()) {
    parts.push_back(fmt::format("moved from {} to {}", place_text(before.extent.offset_bits),
                                place_text(after.extent.offset_bits)));
  }
  if (change.resized()) {
    parts.push_back(fmt::format(
        "{} from {} to {}", after.extent.size_bits > before.extent.size_bits ? "grew" : "shrank",
        amount_text(before.extent.size_bits), amount_text(after.extent.size_bits)));
  }
  if (change.retyped()) {
    parts.push_back(fmt::format("changed its type from '{}' to '{}'", before.type, after.type));
  }
  return fmt::format("{} {}", label(after), fmt::join(parts, " and "));
}

}  // namespace snug
