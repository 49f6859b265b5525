// Facts about ownership: how copies of them are joined, and their form in files. What two readings
// of one place disagree about is joined by rules that do not depend on their order: uses and doubts
// add up, texts take the lesser one.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "model/facts/fact_traits.hpp"
#include "model/ownership.hpp"

namespace snug {

/// Facts about ownership lie at a place in the code, and some are told apart by more than that.
using PlaceKey = std::tuple<std::string, std::uint64_t, std::uint64_t, std::string>;

/// Of two readings of one place the stronger one is kept: what one unit or instantiation stores is
/// stored.
template <class Fact>
struct OwnershipTraits {
  static constexpr bool anonymous = true;
  static PlaceKey key(const Fact& fact);
  static bool join(Fact& known, Fact& other, bool first);
};

template <>
struct FactTraits<OwnerParameter> : OwnershipTraits<OwnerParameter> {};
template <>
struct FactTraits<ParameterDeclaration> : OwnershipTraits<ParameterDeclaration> {
  static std::vector<std::uint32_t>& units(ParameterDeclaration& fact) { return fact.place.units; }
};
template <>
struct FactTraits<OwnerArgument> : OwnershipTraits<OwnerArgument> {};
template <>
struct FactTraits<OwnerCopy> : OwnershipTraits<OwnerCopy> {
  static std::vector<std::uint32_t>& units(OwnerCopy& fact) { return fact.place.units; }
};
template <>
struct FactTraits<OwnerNew> : OwnershipTraits<OwnerNew> {
  static std::vector<std::uint32_t>& units(OwnerNew& fact) { return fact.units; }
};
template <>
struct FactTraits<OwnerUnwrap> : OwnershipTraits<OwnerUnwrap> {};
template <>
struct FactTraits<OwningField> : OwnershipTraits<OwningField> {};
template <>
struct FactTraits<OwnerStore> : OwnershipTraits<OwnerStore> {};
template <>
struct FactTraits<HeldContainer> : OwnershipTraits<HeldContainer> {};
template <>
struct FactTraits<ContainerCall> : OwnershipTraits<ContainerCall> {};
template <>
struct FactTraits<StringTouch> : OwnershipTraits<StringTouch> {};

/// Names of functions.
template <>
struct FactTraits<std::string> {
  static constexpr bool whole = true;
};

template <class Archive>
void store(Archive& archive, auto& value, const OwnerType*) {
  auto& [family, pointee, pointee_id, strength, const_pointee] = value;
  archive(family, pointee, pointee_id, strength);
  archive.flags(const_pointee);
}

template <class Archive>
void store(Archive& archive, auto& value, const DeclaratorPlace*) {
  auto& [where, type_begin, type_end, is_const, editable, units] = value;
  archive(where, type_begin, type_end, units);
  archive.flags(is_const, editable);
}

template <class Archive>
void store(Archive& archive, auto& value, const OwnerParameter*) {
  auto& [where, function, function_id, name, type, index, reads, use_where, first_read, use,
         virtual_function, coroutine, lambda, constructor, from_macro, calls_out, drops_owners] =
      value;
  archive(where, function, function_id, name, type, index, use, use_where, reads, first_read);
  archive.flags(virtual_function, coroutine, lambda, constructor, from_macro, calls_out,
                drops_owners);
}

template <class Archive>
void store(Archive& archive, auto& value, const ParameterDeclaration*) {
  auto& [function_id, index, place] = value;
  archive(function_id, index, place);
}

template <class Archive>
void store(Archive& archive, auto& value, const OwnerArgument*) {
  auto& [where, function_id, index, copied, in_loop, caller] = value;
  archive(where, function_id, index, caller);
  archive.flags(copied, in_loop);
}

template <class Archive>
void store(Archive& archive, auto& value, const OwnerCopy*) {
  auto& [where, function, name, source, type, use_where, loop, place, kind, use, in_pair, converts,
         source_changes, calls_out, from_macro] = value;
  archive(where, function, name, source, type, kind, use, use_where, loop, place);
  archive.flags(in_pair, converts, source_changes, calls_out, from_macro);
}

template <class Archive>
void store(Archive& archive, auto& value, const OwnerNew*) {
  auto& [where, expression, function, type, made, made_id, size, align, arguments, reset, form,
         same_type, braces, initializer_list, aggregate, class_new, not_forwardable, array,
         placement, in_loop, from_macro, units] = value;
  archive(where, expression, function, type, made, made_id, size, align, arguments, reset, form,
          units);
  archive.flags(same_type, braces, initializer_list, aggregate, class_new, not_forwardable, array,
                placement, in_loop, from_macro);
}

template <class Archive>
void store(Archive& archive, auto& value, const OwnerUnwrap*) {
  auto& [where, function, function_id, name, type, index, source, size, returned, trivial, shared,
         used_after, in_loop, from_macro] = value;
  archive(where, function, function_id, name, type, index, source, size);
  archive.flags(returned, trivial, shared, used_after, in_loop, from_macro);
}

template <class Archive>
void store(Archive& archive, auto& value, const OwningField*) {
  auto& [record_id, record, field, where, type, container] = value;
  archive(record_id, record, field, where, type, container);
}

template <class Archive>
void store(Archive& archive, auto& value, const OwnerStore*) {
  auto& [where, function, record_id, field, object, stored, kind, in_destructor] = value;
  archive(where, function, record_id, field, object, stored, kind);
  archive.flags(in_destructor);
}

template <class Archive>
void store(Archive& archive, auto& value, const HeldContainer*) {
  auto& [where, record_id, holder, name, container, element, element_id, key, pointer, iterator_of,
         type, integer_element, integer_key, referred] = value;
  archive(where, record_id, holder, name, container, element, element_id, key, pointer, iterator_of,
          type);
  archive.flags(integer_element, integer_key, referred);
}

template <class Archive>
void store(Archive& archive, auto& value, const ContainerCall*) {
  auto& [where, record_id, field, function, method, argument, counter] = value;
  archive(where, record_id, field, function, method, argument, counter);
}

template <class Archive>
void store(Archive& archive, auto& value, const StringTouch*) {
  auto& [where, record_id, field, function, kind] = value;
  archive(where, record_id, field, function, kind);
}

constexpr OwnerUse last_of(OwnerUse) {
  return OwnerUse::Stored;
}
constexpr Strength last_of(Strength) {
  return Strength::Unique;
}
constexpr OwnerCopyKind last_of(OwnerCopyKind) {
  return OwnerCopyKind::Walk;
}
constexpr OwnerNewForm last_of(OwnerNewForm) {
  return OwnerNewForm::Reset;
}
constexpr UnwrapSource last_of(UnwrapSource) {
  return UnwrapSource::Local;
}
constexpr OwnerStoreKind last_of(OwnerStoreKind) {
  return OwnerStoreKind::Reset;
}
constexpr StringTouchKind last_of(StringTouchKind) {
  return StringTouchKind::Changed;
}

}  // namespace snug
