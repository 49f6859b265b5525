// Facts of one kind lie in a map by place. What two readings of one place disagree about is joined
// by rules that do not depend on their order: uses and doubts add up, texts take the lesser one.
#include "model/ownership_merge.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace snug {
namespace {

using Key = std::tuple<std::string, std::uint64_t, std::uint64_t, std::string>;

Key key_at(const SourceRange& where, std::string more = {}) {
  return {where.file, where.begin, where.end, std::move(more)};
}

Key key_of(const OwnerParameter& fact) {
  return key_at(fact.where);
}
Key key_of(const ParameterDeclaration& fact) {
  return key_at(fact.place.where, fact.function_id);
}
Key key_of(const OwnerArgument& fact) {
  return key_at(fact.where, fact.function_id);
}
Key key_of(const OwnerCopy& fact) {
  return key_at(fact.where);
}
Key key_of(const OwnerNew& fact) {
  return key_at(fact.where);
}
Key key_of(const OwnerUnwrap& fact) {
  return key_at(fact.where);
}
Key key_of(const OwningField& fact) {
  return key_at(fact.where, fact.record_id + '\n' + fact.type.family + '\n' + fact.type.pointee_id);
}
Key key_of(const OwnerStore& fact) {
  return key_at(fact.where, fact.record_id + '\n' + fact.field);
}
Key key_of(const HeldContainer& fact) {
  return key_at(fact.where, fact.record_id);
}
Key key_of(const ContainerCall& fact) {
  return key_at(fact.where, fact.record_id);
}
Key key_of(const StringTouch& fact) {
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

void join(OwnerParameter& known, OwnerParameter& other) {
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

void join(ParameterDeclaration& known, ParameterDeclaration& other) {
  join_place(known.place, other.place);
}

void join(OwnerArgument& known, OwnerArgument& other) {
  known.copied |= other.copied;
  known.in_loop |= other.in_loop;
  known.caller = std::min(known.caller, other.caller);
}

void join(OwnerCopy& known, OwnerCopy& other) {
  join_use(known, other);
  join_place(known.place, other.place);
  known.type = std::min(known.type, other.type);
  known.function = std::min(known.function, other.function);
  known.converts |= other.converts;
  known.source_changes |= other.source_changes;
  known.calls_out |= other.calls_out;
  known.from_macro |= other.from_macro;
}

void join(OwnerNew& known, OwnerNew& other) {
  add_units(known.units, other.units);
  known.type = std::min(known.type, other.type);
  known.function = std::min(known.function, other.function);
  known.size = std::max(known.size, other.size);
  known.align = std::max(known.align, other.align);
  known.same_type = known.same_type && other.same_type;
  known.initializer_list |= other.initializer_list;
  known.aggregate |= other.aggregate;
  known.class_new |= other.class_new;
  known.hidden_constructor |= other.hidden_constructor;
  known.array |= other.array;
  known.from_macro |= other.from_macro;
}

void join(OwnerUnwrap& known, OwnerUnwrap& other) {
  known.type = std::min(known.type, other.type);
  known.function = std::min(known.function, other.function);
  known.size = std::max(known.size, other.size);
  known.trivial = known.trivial && other.trivial;
  known.shared |= other.shared;
  known.used_after |= other.used_after;
  known.in_loop |= other.in_loop;
  known.source = std::max(known.source, other.source);
}

void join(OwningField&, OwningField&) {}

void join(OwnerStore& known, OwnerStore& other) {
  known.function = std::min(known.function, other.function);
  known.in_destructor = known.in_destructor && other.in_destructor;
}

void join(HeldContainer& known, HeldContainer& other) {
  known.holder = std::min(known.holder, other.holder);
  known.element = std::min(known.element, other.element);
}

void join(ContainerCall& known, ContainerCall& other) {
  known.function = std::min(known.function, other.function);
  if (known.counter != other.counter) known.counter.clear();
}

void join(StringTouch& known, StringTouch& other) {
  known.function = std::min(known.function, other.function);
  known.kind = std::max(known.kind, other.kind);
}

template <class Fact>
using Facts = std::map<Key, Fact>;

template <class Fact>
void take(Facts<Fact>& facts, std::vector<Fact>& more) {
  for (Fact& fact : more) {
    const auto [place, added] = facts.try_emplace(key_of(fact), fact);
    if (!added) join(place->second, fact);
  }
}

template <class Fact>
void give(Facts<Fact>& facts, std::vector<Fact>& out) {
  out.reserve(facts.size());
  for (auto& [key, fact] : facts) out.push_back(std::move(fact));
}

/// Calls `change` for the unit numbers of every fact that has some.
template <class Change>
void each_units(Ownership& facts, const Change& change) {
  for (ParameterDeclaration& fact : facts.declarations) change(fact.place.units);
  for (OwnerCopy& fact : facts.copies) change(fact.place.units);
  for (OwnerNew& fact : facts.news) change(fact.units);
}

}  // namespace

struct OwnershipMerger::State {
  Facts<OwnerParameter> parameters;
  Facts<ParameterDeclaration> declarations;
  Facts<OwnerArgument> arguments;
  std::set<std::string> named_functions;
  Facts<OwnerCopy> copies;
  Facts<OwnerNew> news;
  Facts<OwnerUnwrap> unwraps;
  Facts<OwningField> fields;
  Facts<OwnerStore> stores;
  Facts<HeldContainer> containers;
  Facts<ContainerCall> calls;
  Facts<StringTouch> touches;

  void take_all(Ownership& part) {
    take(parameters, part.parameters);
    take(declarations, part.declarations);
    take(arguments, part.arguments);
    named_functions.insert(part.named_functions.begin(), part.named_functions.end());
    take(copies, part.copies);
    take(news, part.news);
    take(unwraps, part.unwraps);
    take(fields, part.fields);
    take(stores, part.stores);
    take(containers, part.containers);
    take(calls, part.calls);
    take(touches, part.touches);
  }

  Ownership give_all() {
    Ownership all;
    give(parameters, all.parameters);
    give(declarations, all.declarations);
    give(arguments, all.arguments);
    all.named_functions.assign(named_functions.begin(), named_functions.end());
    give(copies, all.copies);
    give(news, all.news);
    give(unwraps, all.unwraps);
    give(fields, all.fields);
    give(stores, all.stores);
    give(containers, all.containers);
    give(calls, all.calls);
    give(touches, all.touches);
    return all;
  }
};

OwnershipMerger::OwnershipMerger() : state_(std::make_unique<State>()) {}
OwnershipMerger::~OwnershipMerger() = default;
OwnershipMerger::OwnershipMerger(OwnershipMerger&&) noexcept = default;
OwnershipMerger& OwnershipMerger::operator=(OwnershipMerger&&) noexcept = default;

void OwnershipMerger::add(Ownership part, const std::vector<std::uint32_t>& numbers) {
  each_units(part, [&](std::vector<std::uint32_t>& units) {
    if (units.empty()) {
      units = numbers;
    } else {
      for (std::uint32_t& unit : units) unit = numbers.at(unit);
    }
    std::sort(units.begin(), units.end());
  });
  state_->take_all(part);
}

Ownership OwnershipMerger::finish(const std::vector<std::uint32_t>& number_of) {
  Ownership all = std::exchange(state_, std::make_unique<State>())->give_all();
  each_units(all, [&](std::vector<std::uint32_t>& units) {
    for (std::uint32_t& unit : units) unit = number_of.at(unit);
    std::sort(units.begin(), units.end());
  });
  return all;
}

Ownership sorted_once(Ownership facts) {
  OwnershipMerger merger;
  merger.add(std::move(facts), {});
  return merger.finish({});
}

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
