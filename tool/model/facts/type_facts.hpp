// Enumerations and variants: how copies of them are joined, and their form in files.
#pragma once

#include <string>

#include "model/enumeration.hpp"
#include "model/facts/fact_traits.hpp"
#include "model/variant.hpp"

namespace snug {

template <>
struct FactTraits<Enumeration> {
  static std::string key(const Enumeration& enumeration) { return enumeration.id; }
};

template <>
struct FactTraits<EnumUse> {
  static constexpr bool whole = true;
};

/// A copy that an alias names is worth more than one that was only held.
template <>
struct FactTraits<Variant> {
  static std::string key(const Variant& variant) { return variant.id; }
  static bool join(Variant& known, Variant& other, bool first) {
    const bool named = !other.name.empty();
    const bool better = named != known.name.empty() ? first : named;
    if (better) known = std::move(other);
    return better;
  }
};

template <class Archive>
void store(Archive& archive, auto& value, const Enumeration*) {
  auto& [id, usr, name, underlying, where, type_text, size, align, count, least, greatest, opaque,
         scoped, fixed, exact, from_macro, conditional, attribute, c, c_linkage,
         standard_integers] = value;
  archive(id, usr, name, underlying, where, type_text, size, align, count, least, greatest);
  archive.flags(opaque, scoped, fixed, exact, from_macro, conditional, attribute, c, c_linkage,
                standard_integers);
}

template <class Archive>
void store(Archive& archive, auto& value, const EnumUse*) {
  auto& [enumeration, where, kind, number] = value;
  archive(kind, enumeration, where, number);
}

template <class Archive>
void store(Archive& archive, auto& value, const Alternative*) {
  auto& [type, record_id, size, align] = value;
  archive(type, record_id, size, align);
}

template <class Archive>
void store(Archive& archive, auto& value, const Variant*) {
  auto& [id, name, type, family, where, size, align, alternatives] = value;
  archive(id, name, type, family, where, size, align, alternatives);
}

constexpr EnumUseKind last_of(EnumUseKind) {
  return EnumUseKind::Linkage;
}

}  // namespace snug
