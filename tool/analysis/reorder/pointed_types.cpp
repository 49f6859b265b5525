#include "analysis/reorder/pointed_types.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace snug {

namespace {

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// Takes a word off the front or the back, if it stands there.
bool drop_word(std::string_view& text, std::string_view word, bool front) {
  if (front ? !text.starts_with(word) : !text.ends_with(word)) return false;
  if (front) {
    text.remove_prefix(word.size());
  } else {
    text.remove_suffix(word.size());
  }
  text = without_blanks(text);
  return true;
}

bool is_integer_type(std::string_view type) {
  constexpr std::array<std::string_view, 8> words = {"int",  "long",      "short",    "size_t",
                                                     "char", "size_type", "unsigned", "uint"};
  return type.find('*') == std::string_view::npos && type.find('<') == std::string_view::npos &&
         std::any_of(words.begin(), words.end(), [&](std::string_view word) {
           return type.find(word) != std::string_view::npos;
         });
}

}  // namespace

std::string_view plain_name(std::string_view qualified) {
  if (const std::size_t angle = qualified.find('<'); angle != std::string_view::npos) {
    qualified = qualified.substr(0, angle);
  }
  const std::size_t colon = qualified.rfind("::");
  return colon == std::string_view::npos ? qualified : qualified.substr(colon + 2);
}

std::string_view pointee_name(std::string_view type) {
  type = without_blanks(type);
  if (type.find('(') != std::string_view::npos) return {};
  for (const std::string_view wrapper : {"std::atomic<", "atomic<", "_Atomic(", "volatile "}) {
    if (!drop_word(type, wrapper, true)) continue;
    drop_word(type, ">", false);
  }
  if (const std::size_t bracket = type.rfind('['); type.ends_with(']')) {
    type = without_blanks(type.substr(0, bracket));
  }
  while (drop_word(type, "const", false) || drop_word(type, "volatile", false) ||
         drop_word(type, "__restrict", false) || drop_word(type, "restrict", false)) {
  }
  if (!drop_word(type, "*", false) || type.ends_with('*')) return {};
  while (drop_word(type, "const ", true) || drop_word(type, "volatile ", true) ||
         drop_word(type, "struct ", true) || drop_word(type, "class ", true) ||
         drop_word(type, "union ", true) || drop_word(type, "const", false)) {
  }
  return plain_name(type);
}

const Slot* link_of(const Record& record) {
  const std::string_view own = plain_name(record.name);
  if (own.empty() || own.front() == '(') return nullptr;
  for (const Slot& slot : record.slots) {
    if (slot.kind == SlotKind::Field && pointee_name(slot.type) == own) return &slot;
  }
  return nullptr;
}

bool is_count(const Slot& slot) {
  if (slot.kind != SlotKind::Field && slot.kind != SlotKind::BitField) return false;
  if (!is_integer_type(slot.type)) return false;
  constexpr std::array<std::string_view, 8> words = {"size", "count", "len",   "num",
                                                     "cap",  "used",  "alloc", "cnt"};
  std::string name = slot.name;
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  while (!name.empty() && name.back() == '_') name.pop_back();
  return name == "n" || name == "nr" || name.starts_with("n_") || name.starts_with("nr_") ||
         std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

}  // namespace snug
