#include "model/facts/ownership_facts.hpp"

#include <algorithm>
#include <utility>

namespace snug {
namespace {

PlaceKey key_at(const SourceRange& where, std::string more = {}) {
  return {where.file, where.begin, where.end, std::move(more)};
}

PlaceKey key_of(const OwnerParameter& fact) {
  return key_at(fact.where);
}
PlaceKey key_of(const ParameterDeclaration& fact) {
  return key_at(fact.place.where, fact.function_id);
}
PlaceKey key_of(const OwnerArgument& fact) {
  return key_at(fact.where, fact.function_id);
}
PlaceKey key_of(const OwnerCopy& fact) {
  return key_at(fact.where);
}
PlaceKey key_of(const OwnerNew& fact) {
  return key_at(fact.where);
}
PlaceKey key_of(const OwnerUnwrap& fact) {
  return key_at(fact.where);
}
PlaceKey key_of(const OwningField& fact) {
  return key_at(fact.where, fact.record_id + '\n' + fact.type.family + '\n' + fact.type.pointee_id);
}
PlaceKey key_of(const OwnerStore& fact) {
  return key_at(fact.where, fact.record_id + '\n' + fact.field);
}
PlaceKey key_of(const HeldContainer& fact) {
  return key_at(fact.where, fact.record_id);
}
PlaceKey key_of(const ContainerCall& fact) {
  return key_at(fact.where, fact.record_id);
}
PlaceKey key_of(const StringTouch& fact) {
  return key_at(fact.where, fact.record_id + (fact.kind == StringTouchKind::Changed ? "!" : ""));
}

void add_units(std::vector<std::uint32_t>& units, const std::vector<std::uint32_t>& more) {
  units.insert(units.end(), more.begin(), more.end());
  std::sort(units.begin(), units.end());
  units.erase(std::unique(units.begin(), units.end()), units.end());
}

void join_place(DeclaratorPlace& known, DeclaratorPlace& other) {
  known.editable = known.editable && other.editable;
  known.is_const = known.is_const || other.is_const;
  add_units(known.units, other.units);
}

/// The stronger use with its place; of equal ones the first place.
template <class Fact>
void join_use(Fact& known, const Fact& other) {
  if (std::tie(other.use, known.use_where) > std::tie(known.use, other.use_where)) {
    known.use = other.use;
    known.use_where = other.use_where;
  }
}

void join_readings(OwnerParameter& known, OwnerParameter& other) {
  join_use(known, other);
  known.type = std::min(known.type, other.type);
  known.function = std::min(known.function, other.function);
  known.reads = std::max(known.reads, other.reads);
  known.first_read = std::min(known.first_read, other.first_read);
  known.virtual_function |= other.virtual_function;
  known.coroutine |= other.coroutine;
  known.from_macro |= other.from_macro;
  known.calls_out |= other.calls_out;
  known.drops_owners |= other.drops_owners;
}

void join_readings(ParameterDeclaration& known, ParameterDeclaration& other) {
  join_place(known.place, other.place);
}

void join_readings(OwnerArgument& known, OwnerArgument& other) {
  known.copied |= other.copied;
  known.in_loop |= other.in_loop;
  known.caller = std::min(known.caller, other.caller);
}

void join_readings(OwnerCopy& known, OwnerCopy& other) {
  join_use(known, other);
  join_place(known.place, other.place);
  known.type = std::min(known.type, other.type);
  known.function = std::min(known.function, other.function);
  known.converts |= other.converts;
  known.source_changes |= other.source_changes;
  known.calls_out |= other.calls_out;
  known.from_macro |= other.from_macro;
}

void join_readings(OwnerNew& known, OwnerNew& other) {
  add_units(known.units, other.units);
  known.type = std::min(known.type, other.type);
  known.function = std::min(known.function, other.function);
  known.size = std::max(known.size, other.size);
  known.align = std::max(known.align, other.align);
  known.same_type = known.same_type && other.same_type;
  known.initializer_list |= other.initializer_list;
  known.aggregate |= other.aggregate;
  known.class_new |= other.class_new;
  known.not_forwardable |= other.not_forwardable;
  known.array |= other.array;
  known.from_macro |= other.from_macro;
}

void join_readings(OwnerUnwrap& known, OwnerUnwrap& other) {
  known.type = std::min(known.type, other.type);
  known.function = std::min(known.function, other.function);
  known.size = std::max(known.size, other.size);
  known.trivial = known.trivial && other.trivial;
  known.shared |= other.shared;
  known.used_after |= other.used_after;
  known.in_loop |= other.in_loop;
  known.source = std::max(known.source, other.source);
}

void join_readings(OwningField&, OwningField&) {}

void join_readings(OwnerStore& known, OwnerStore& other) {
  known.function = std::min(known.function, other.function);
  known.in_destructor = known.in_destructor && other.in_destructor;
}

void join_readings(HeldContainer& known, HeldContainer& other) {
  known.holder = std::min(known.holder, other.holder);
  known.element = std::min(known.element, other.element);
}

void join_readings(ContainerCall& known, ContainerCall& other) {
  known.function = std::min(known.function, other.function);
  if (known.counter != other.counter) known.counter.clear();
}

void join_readings(StringTouch& known, StringTouch& other) {
  known.function = std::min(known.function, other.function);
  known.kind = std::max(known.kind, other.kind);
}

}  // namespace

template <class Fact>
PlaceKey OwnershipTraits<Fact>::key(const Fact& fact) {
  return key_of(fact);
}

template <class Fact>
bool OwnershipTraits<Fact>::join(Fact& known, Fact& other, bool) {
  join_readings(known, other);
  return false;
}

template struct OwnershipTraits<OwnerParameter>;
template struct OwnershipTraits<ParameterDeclaration>;
template struct OwnershipTraits<OwnerArgument>;
template struct OwnershipTraits<OwnerCopy>;
template struct OwnershipTraits<OwnerNew>;
template struct OwnershipTraits<OwnerUnwrap>;
template struct OwnershipTraits<OwningField>;
template struct OwnershipTraits<OwnerStore>;
template struct OwnershipTraits<HeldContainer>;
template struct OwnershipTraits<ContainerCall>;
template struct OwnershipTraits<StringTouch>;

std::string_view to_string(OwnerUse use) {
  switch (use) {
    case OwnerUse::Read:
      return "read";
    case OwnerUse::Assigned:
      return "assigned";
    case OwnerUse::Captured:
      return "captured";
    case OwnerUse::Moved:
      return "moved";
    case OwnerUse::Returned:
      return "returned";
    case OwnerUse::Stored:
      return "stored";
  }
  return "";
}

}  // namespace snug
