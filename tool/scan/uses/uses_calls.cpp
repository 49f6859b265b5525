// Functions whose names tell what they do with the bytes behind a pointer.
#include <algorithm>
#include <string_view>

#include "known/known.hpp"
#include "scan/uses/uses_context.hpp"

namespace snug::uses {

namespace {

/// __builtin_memcpy, __builtin___memcpy_chk and __memcpy_chk are memcpy.
std::string_view plain_name(std::string_view name) {
  if (name.starts_with("__builtin_")) {
    name.remove_prefix(10);
  }
  if (name.ends_with("_chk")) {
    name.remove_suffix(4);
  }
  while (name.starts_with("__")) {
    name.remove_prefix(2);
  }
  return name;
}

bool contains_word(std::string_view name, std::string_view lower) {
  return std::search(name.begin(), name.end(), lower.begin(), lower.end(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
         }) != name.end();
}

}  // namespace

bool is_allocation_name(std::string_view name) {
  return contains_word(name, "alloc") || name.starts_with("operator new") ||
         name.starts_with("operator delete") || name == "free";
}

CallKind call_kind(std::string_view name) {
  name = plain_name(name);
  const snug::Effects effects = effects_of_name(name);
  if (effects.has(Effect::CopiesBytes)) return CallKind::Memory;
  if (effects.has(Effect::BytesGoOut)) return CallKind::Io;
  if (effects.has(Effect::MapsBytes)) return CallKind::Map;
  if (effects.has(Effect::Neutral)) return CallKind::Neutral;
  return is_allocation_name(name) ? CallKind::Allocation : CallKind::Unknown;
}

}  // namespace snug::uses
