#include "analysis/orders/deliberate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace snug {

namespace {

/// "_pad0_" -> "pad", "m_reserved1" -> "reserved".
std::string bare_name(std::string_view name) {
  std::string bare;
  for (const char c : name) bare += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const auto decoration = [](char c) {
    return c == '_' || std::isdigit(static_cast<unsigned char>(c)) != 0;
  };
  while (!bare.empty() && decoration(bare.back())) bare.pop_back();
  bare.erase(bare.begin(), std::find_if_not(bare.begin(), bare.end(), decoration));
  if (bare.starts_with("m_")) bare.erase(0, 2);
  return bare;
}

bool names_padding(std::string_view name) {
  constexpr std::array<std::string_view, 8> words = {"pad",    "padding", "reserved", "rsvd",
                                                     "unused", "spare",   "filler",   "dummy"};
  const std::string bare = bare_name(name);
  if (std::find(words.begin(), words.end(), bare) != words.end()) return true;
  // pad_to_line, reserved_for_later, tail_padding
  return bare.starts_with("pad_") || bare.starts_with("padding_") ||
         bare.starts_with("reserved_") || bare.starts_with("unused_") || bare.ends_with("_pad") ||
         bare.ends_with("_padding") || bare.ends_with("_reserved") || bare.ends_with("_unused");
}

/// Integers, std::byte and arrays of them; no bool, no floating point, no pointer.
bool is_plain_storage(const Slot& slot) {
  std::string_view type = slot.type;
  type = type.substr(0, type.find_first_of("[,"));
  while (type.ends_with(' ')) type.remove_suffix(1);
  for (const std::string_view prefix : {"const ", "volatile ", "struct ", "std::array<", "std::"}) {
    if (type.starts_with(prefix)) type.remove_prefix(prefix.size());
  }
  if (type.find('*') != std::string_view::npos || type.find('&') != std::string_view::npos) {
    return false;
  }
  constexpr std::array<std::string_view, 12> words = {"char",     "short",  "int",  "long",
                                                      "unsigned", "signed", "byte", "size_t",
                                                      "u8",       "u16",    "u32",  "u64"};
  const bool builtin = std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return type == word || type.starts_with(std::string(word) + " ");
  });
  const bool fixed_width = type.ends_with("_t") && type.find("int") != std::string_view::npos;
  return builtin || fixed_width || type.starts_with("__u") || type.starts_with("__s");
}

bool record_is_separated(const Record& record, const Model& model, std::uint64_t line) {
  if (record.align < line) return false;
  if (record.traits.explicit_align) return true;
  return std::any_of(record.slots.begin(), record.slots.end(), [&](const Slot& slot) {
    if (slot.kind == SlotKind::Base || slot.kind == SlotKind::VirtualBase) {
      const Record* base = model.find(slot.type_id);
      return base != nullptr && record_is_separated(*base, model, line);
    }
    return is_separated_field(slot, model);
  });
}

}  // namespace

bool is_padding_field(const Slot& slot) {
  return slot.kind == SlotKind::Field && names_padding(slot.name) && is_plain_storage(slot);
}

bool is_separated_field(const Slot& slot, const Model& model) {
  const std::uint64_t line = model.abi.cache_line_bytes;
  if (slot.kind != SlotKind::Field || slot.align_bits < 8 * line) return false;
  if (slot.explicit_align) return true;
  if (slot.type_id.empty()) return false;
  const Record* type = model.find(slot.type_id);
  // Of a type that was not read, only its alignment speaks.
  return type == nullptr || record_is_separated(*type, model, line);
}

std::optional<std::string> padding_by_hand(const Record& record) {
  if (record.traits.packed || record.traits.pragma_pack) return "it is packed";
  for (const Slot& slot : record.slots) {
    if (is_padding_field(slot)) return fmt::format("'{}' is there to take room", slot.name);
  }
  return std::nullopt;
}

std::optional<std::string> deliberate_padding(const Record& record, const Model& model) {
  if (auto by_hand = padding_by_hand(record)) return by_hand;
  for (const Slot& slot : record.slots) {
    if (is_separated_field(slot, model)) {
      return fmt::format("'{}' is on a cache line of its own", slot.name);
    }
  }
  return std::nullopt;
}

bool is_arranged(const Record& record, const Model& model) {
  return record_is_separated(record, model, model.abi.cache_line_bytes) ||
         deliberate_padding(record, model).has_value();
}

}  // namespace snug
