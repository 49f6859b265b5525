// Uses and constructor lists: how copies of them are joined, and their form in files.
#pragma once

#include <string>
#include <tuple>
#include <vector>

#include "model/facts/fact_traits.hpp"
#include "model/use.hpp"

namespace snug {

/// Every distinct use is kept. One place can tell several things about a record (each pair of
/// fields that its initialisers bind together), which differ in their fields; copies that differ in
/// nothing that counts become one. What one unit cannot exclude is not excluded.
template <>
struct FactTraits<Use> {
  static std::tuple<SourceRange, UseKind, std::string, std::vector<std::string>> key(
      const Use& use);
  static bool join(Use& known, Use& other, bool first);
  static void arrive(Use& use);
  static void settle(std::vector<Use>& uses);
};

/// `#if` can give one constructor several lists.
template <>
struct FactTraits<InitializerList> {
  static auto key(const InitializerList& list) {
    std::vector<SourceRange> places;
    places.reserve(list.items.size());
    for (const InitializerList::Item& item : list.items) places.push_back(item.range);
    return std::tuple(list.where, list.record_id, std::move(places));
  }
};

template <class Archive>
void store(Archive& archive, auto& value, const UseItem*) {
  auto& [field, begin, end, follows] = value;
  archive(field, begin, end, follows);
}

template <class Archive>
void store(Archive& archive, auto& value, const Use*) {
  auto& [record_id, where, function, fields, detail, kind, keeps_meaning, asserted, repeats, items,
         obstacle] = value;
  archive(kind, record_id, where, function, fields, detail, items, obstacle);
  archive.flags(keeps_meaning, asserted, repeats);
}

template <class Archive>
void store(Archive& archive, auto& value, const InitializerList::Item*) {
  auto& [member, is_base, range, reads] = value;
  archive(member, range, reads);
  archive.flags(is_base);
}

template <class Archive>
void store(Archive& archive, auto& value, const InitializerList*) {
  auto& [record_id, where, items, from_macro] = value;
  archive(record_id, where, items);
  archive.flags(from_macro);
}

constexpr UseKind last_of(UseKind) {
  return UseKind::HeapChoice;
}

}  // namespace snug
