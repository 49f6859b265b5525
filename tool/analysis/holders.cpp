#include "analysis/holders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace snug {

namespace {

/// Holdings that are told of.
constexpr std::size_t shown = 3;

std::string_view last_part(std::string_view name) {
  const std::size_t colon = name.rfind("::");
  return colon == std::string_view::npos ? name : name.substr(colon + 2);
}

/// A holding in an optional, a pair and the like tells of one object; what is around those is not
/// known from it, so the type that was declared is asked.
bool holds_one(std::string_view holder) {
  constexpr std::array<std::string_view, 7> names = {"optional", "pair",   "tuple", "expected",
                                                     "variant",  "atomic", "any"};
  return std::find(names.begin(), names.end(), last_part(holder)) != names.end();
}

std::string_view declared_type(const Holding& holding, const Model& model) {
  if (holding.place == HoldingPlace::Field) {
    const Record* owner = model.find(holding.owner);
    if (owner == nullptr) return {};
    for (const Slot& slot : owner->slots) {
      if (slot.name == holding.name) return slot.type;
    }
    return {};
  }
  if (holding.place == HoldingPlace::Local) {
    const Function* function = model.find_function(holding.owner);
    if (function == nullptr) return {};
    for (const Local& local : function->locals) {
      if (local.name == holding.name) return local.type;
    }
    return {};
  }
  const Variable* variable = model.find_variable(holding.owner);
  return variable == nullptr ? std::string_view() : std::string_view(variable->type);
}

/// In a container, or in an array of two or more.
bool many(const Holding& holding, const Model& model) {
  if (holding.kind == HoldingKind::Array) return holding.count != 1;
  if (holding.kind != HoldingKind::Container) return false;
  if (!holds_one(holding.holder)) return true;
  const std::string_view type = declared_type(holding, model);
  const std::size_t arguments = type.find('<');
  return arguments != std::string_view::npos && !holds_one(type.substr(0, arguments));
}

std::string words_for(const Holding& holding, const Model& model) {
  std::string owner = holding.name;
  if (holding.place == HoldingPlace::Field) {
    const Record* record = model.find(holding.owner);
    if (record != nullptr) owner = fmt::format("{}::{}", record->name, holding.name);
  }
  if (holding.name.empty()) owner = "a derived class";
  switch (holding.kind) {
    case HoldingKind::Array:
      return holding.count > 1 ? fmt::format("'{}' is an array of {}", owner, holding.count)
                               : fmt::format("'{}' is an array of them", owner);
    case HoldingKind::Container:
      return fmt::format("'{}' holds them in a {}", owner, holding.holder);
    case HoldingKind::SmartPointer:
      return fmt::format("'{}' holds one by a {}", owner, holding.holder);
    case HoldingKind::Value:
      break;
  }
  return fmt::format("'{}' holds one", owner);
}

}  // namespace

Holders::Holders(const Model& model) : model_(model) {
  for (const Holding& holding : model.holdings) holdings_[holding.record_id].push_back(&holding);
  for (const Function& function : model.functions) {
    for (const Construction& one : function.constructions) {
      if (one.kind == ConstructionKind::Heap) heap_.insert(one.record_id);
    }
  }
}

Holders::Answer Holders::one(const Holding& holding) const {
  if (many(holding, model_)) return {HeldAs::Many, {}};
  const bool pointer = holding.kind == HoldingKind::SmartPointer;
  if (holding.place == HoldingPlace::Local) return {pointer ? HeldAs::One : HeldAs::Local, {}};
  if (holding.place != HoldingPlace::Field || pointer) return {HeldAs::One, {}};
  // A field: there are as many as there are objects around it.
  Answer around = answer(holding.owner);
  around.as = around.as == HeldAs::Nowhere ? HeldAs::One : around.as;
  return around;
}

const Holders::Answer& Holders::answer(std::string_view id) const {
  // A record that is met again below itself (a tree) tells nothing new there.
  const auto [place, added] = known_.try_emplace(id);
  if (!added) return place->second;
  Answer most;
  if (heap_.contains(id)) most.as = HeldAs::One;
  const auto found = holdings_.find(id);
  if (found != holdings_.end()) {
    for (const Holding* holding : found->second) {
      const Answer next = one(*holding);
      if (next.as < most.as) continue;
      if (next.as > most.as) most.by.clear();
      most.as = next.as;
      if (most.by.size() >= shown) continue;
      most.by.push_back(holding);
      most.by.insert(most.by.end(), next.by.begin(), next.by.end());
    }
  }
  place->second = std::move(most);
  return place->second;
}

HeldAs Holders::held(std::string_view id, std::vector<Evidence>& evidence) const {
  const Answer& found = answer(id);
  for (std::size_t i = 0; i < std::min(found.by.size(), shown); ++i) {
    evidence.push_back({"held", words_for(*found.by[i], model_), found.by[i]->where});
  }
  return found.as;
}

bool holds_many(const Holding& holding, std::uint64_t few) {
  return holding.kind == HoldingKind::Container ||
         (holding.kind == HoldingKind::Array && (holding.count == 0 || holding.count > few));
}

bool only_in_small_arrays(std::string_view record_id, const Model& model, std::uint64_t few) {
  bool small = false;
  for (const Holding& holding : model.holdings) {
    if (holding.record_id != record_id) continue;
    if (holds_many(holding, few)) return false;
    small = small || holding.kind == HoldingKind::Array;
  }
  return small;
}

}  // namespace snug
