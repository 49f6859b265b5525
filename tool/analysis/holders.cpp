// How many objects there are: one for a static variable, one for each round of a loop that
// allocates.
//
// 1. What holds the type by value, by pointer or in a container is in Model::holdings; a field is
// there
//    as often as the object around it.
// 2. An allocation counts by how often it runs: again and again in a loop, in a function that is
//    called from several places, through a pointer, or by code that was not read.
// 3. A type with a pointer to its own kind is a node; so is one that holds a hook of only such
// pointers.
// 4. A pointer beside a count is an array, in the project's own containers.
#include "analysis/holders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "analysis/reorder/pointed_types.hpp"
#include "analysis/threads/runs_once.hpp"
#include "known/known.hpp"

namespace snug {

namespace {

/// Holdings that are told of.
constexpr std::size_t shown = 3;

/// A holding in an optional, a pair and the like tells of one object; what is around those is not
/// known from it, so the type that was declared is asked.
bool holds_one(std::string_view holder) {
  return KnownNames::built_in()->type(holder).is(TypeRole::HoldsOne);
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
    case HoldingKind::PointerContainer:
      return holding.holder.empty()
                 ? fmt::format("'{}' is an array of pointers to them", owner)
                 : fmt::format("'{}' holds pointers to them in a {}", owner, holding.holder);
    case HoldingKind::SmartPointer:
      return fmt::format("'{}' holds one by a {}", owner, holding.holder);
    case HoldingKind::Value:
      break;
  }
  return fmt::format("'{}' holds one", owner);
}

/// Fields of an array that a pointer leads to are called by what is many: "items", "slots", "data".
bool is_plural(std::string_view name) {
  while (name.ends_with('_')) name.remove_suffix(1);
  constexpr std::array<std::string_view, 7> words = {"data",  "table", "array",  "buf",
                                                     "begin", "list",  "storage"};
  return name.ends_with('s') || std::any_of(words.begin(), words.end(), [&](std::string_view word) {
           return name.find(word) != std::string_view::npos;
         });
}

/// Nothing but pointers: a hook that puts the object around it into a list or a tree.
bool is_hook(const Record& record) {
  return std::all_of(record.slots.begin(), record.slots.end(), [](const Slot& slot) {
    const bool pointer = slot.type.find('*') != std::string::npos &&
                         slot.type.find('(') == std::string::npos;  // of any level, to no function
    return slot.kind == SlotKind::Field && (pointer || !pointee_name(slot.type).empty());
  });
}

/// operator[], begin and data are what an array has.
bool gives_elements(const Function& function) {
  const std::string_view name = last_scope(function.name);
  return name == "operator[]" || name == "begin" || name == "at";
}

}  // namespace

/// What the model says, by id. Places in tests say nothing.
struct Holders::Facts {
  Facts(const Model& model, const TestFiles& tests);

  std::unordered_map<std::string_view, std::vector<const Holding*>> holdings;
  std::unordered_map<std::string_view, std::vector<const Record*>> derived;  ///< By the base.
  std::unordered_map<std::string_view, Answer> found;  ///< What allocations and links say.
  std::map<std::string_view, Answer> known;            ///< Each record is asked for once.

 private:
  void find_allocations(const Model& model, const TestFiles& tests);
  void find_links(const Model& model);
  void find_counted_pointers(const Model& model);
};

Holders::Holders(const Model& model, TestFiles tests) : model_(model), tests_(std::move(tests)) {}
Holders::~Holders() = default;

Holders::Facts& Holders::facts() const {
  if (facts_ == nullptr) facts_ = std::make_unique<Facts>(model_, tests_);
  return *facts_;
}

Holders::Facts::Facts(const Model& model, const TestFiles& tests) {
  for (const Holding& holding : model.holdings) {
    if (!tests.contains(holding.where.file)) holdings[holding.record_id].push_back(&holding);
  }
  for (const Record& record : model.records) {
    for (const Slot& slot : record.slots) {
      if (slot.kind != SlotKind::Base && slot.kind != SlotKind::VirtualBase) continue;
      derived[slot.type_id].push_back(&record);
    }
  }
  find_allocations(model, tests);
  find_links(model);
  find_counted_pointers(model);
}

void Holders::Facts::find_allocations(const Model& model, const TestFiles& tests) {
  const RunCounts runs(model, tests);
  for (const Function& function : model.functions) {
    if (function.constructions.empty() || tests.contains(function.where.file)) continue;
    for (const Construction& made : function.constructions) {
      if (made.kind != ConstructionKind::Heap || made.record_id.empty()) continue;
      Answer& answer = found[made.record_id];
      if (answer.as == HeldAs::Many) continue;
      std::string why;
      HeldAs as = HeldAs::Many;
      if (made.array) {
        why = "several are allocated at once";
      } else if (made.loop >= 0) {
        why = fmt::format("allocated in a loop of '{}'", function.name);
      } else if (const RunsAgain& again = runs.runs_again(function); !again.why.empty()) {
        why = fmt::format("allocated in '{}'; {}", function.name, again.why);
        if (!again.surely) as = HeldAs::Again;
      }
      if (why.empty()) {
        answer.as = std::max(answer.as, HeldAs::One);
        if (answer.by.empty()) {
          answer.by.push_back({"held", fmt::format("allocated once, in '{}'", function.name),
                               range_of(function, made.where)});
        }
        continue;
      }
      if (as < answer.as || (as == HeldAs::Again && answer.as == as)) continue;
      answer = {as, false, {{"held", std::move(why), range_of(function, made.where)}}};
    }
  }
}

void Holders::Facts::find_links(const Model& model) {
  const auto note = [&](const Record& record, const Slot& slot, std::string text) {
    Answer& answer = found[record.id];
    if (answer.as != HeldAs::Many) {
      answer = {HeldAs::Many, false, {{"held", std::move(text), slot.where}}};
    }
  };
  std::unordered_set<std::string_view> hooks;
  for (const Record& record : model.records) {
    const Slot* link = link_of(record);
    if (link == nullptr) continue;
    note(record, *link,
         fmt::format("'{}::{}' links to another '{}'", record.name, link->name,
                     plain_name(record.name)));
    if (is_hook(record)) hooks.insert(record.id);
  }
  for (const Record& record : model.records) {
    for (const Slot& slot : record.slots) {
      if (slot.kind != SlotKind::Field || slot.array_elements > 0) continue;
      if (!hooks.contains(slot.type_id)) continue;
      note(record, slot,
           fmt::format("'{}::{}' links it into a list or a tree", record.name, slot.name));
    }
  }
}

void Holders::Facts::find_counted_pointers(const Model& model) {
  std::unordered_set<std::string_view> indexed;
  for (const Function& function : model.functions) {
    if (!function.record_id.empty() && gives_elements(function)) indexed.insert(function.record_id);
  }
  std::unordered_map<std::string_view, std::vector<const Record*>> by_name;
  for (const Record& record : model.records) by_name[plain_name(record.name)].push_back(&record);
  for (const Record& record : model.records) {
    if (std::none_of(record.slots.begin(), record.slots.end(), is_count)) continue;
    for (const Slot& slot : record.slots) {
      if (slot.kind != SlotKind::Field) continue;
      if (!is_plural(slot.name) && !indexed.contains(record.id)) continue;
      const auto named = by_name.find(pointee_name(slot.type));
      if (named == by_name.end()) continue;
      for (const Record* element : named->second) {
        Answer& answer = found[element->id];
        if (answer.as == HeldAs::Many || element->id == record.id) continue;
        answer = {
            HeldAs::Many,
            false,
            {{"held",
              fmt::format("'{}::{}' points to a counted array of them", record.name, slot.name),
              slot.where}}};
      }
    }
  }
}

/// In a container, or in an array of more than a few.
bool Holders::many(const Holding& holding) const {
  if (holding.kind == HoldingKind::Array ||
      (holding.kind == HoldingKind::PointerContainer && holding.holder.empty())) {
    return holding.count == 0 || holding.count > few_elements;
  }
  if (holding.kind == HoldingKind::PointerContainer) return true;
  if (holding.kind != HoldingKind::Container) return false;
  if (!holds_one(holding.holder)) return true;
  const std::string_view type = declared_type(holding, model_);
  const std::size_t arguments = type.find('<');
  return arguments != std::string_view::npos && !holds_one(type.substr(0, arguments));
}

Holders::Answer Holders::one(const Holding& holding) const {
  const Evidence says = {"held", words_for(holding, model_), holding.where};
  if (many(holding)) return {HeldAs::Many, false, {says}};
  const bool pointer =
      holding.kind == HoldingKind::SmartPointer || holding.kind == HoldingKind::PointerContainer;
  if (holding.place == HoldingPlace::Local) {
    return {pointer ? HeldAs::One : HeldAs::Local, false, {says}};
  }
  if (holding.place != HoldingPlace::Field) return {HeldAs::One, false, {says}};
  // A field: there are as many as there are objects around it.
  Answer around = answer(holding.owner);
  around.uncounted = around.uncounted || around.as == HeldAs::Nowhere;
  around.as = around.as == HeldAs::Nowhere ? HeldAs::One : around.as;
  around.by.insert(around.by.begin(), says);
  return around;
}

const Holders::Answer& Holders::answer(std::string_view id) const {
  // A record that is met again below itself (a tree) says nothing new there.
  Facts& facts = this->facts();
  const auto [place, added] = facts.known.try_emplace(id);
  if (!added) return place->second;
  Answer most;
  if (const auto found = facts.found.find(id); found != facts.found.end()) most = found->second;
  const auto found = facts.holdings.find(id);
  if (found != facts.holdings.end()) {
    for (const Holding* holding : found->second) {
      const Answer next = one(*holding);
      most.uncounted = most.uncounted || next.uncounted;
      if (next.as < most.as) continue;
      if (next.as > most.as) most.by.clear();
      most.as = next.as;
      if (most.by.size() >= shown) continue;
      most.by.insert(most.by.end(), next.by.begin(), next.by.end());
    }
  }
  if (const auto derived = facts.derived.find(id); derived != facts.derived.end()) {
    for (const Record* record : derived->second) {
      const Answer& next = answer(record->id);
      most.uncounted = most.uncounted || next.uncounted;
      if (next.as <= most.as) continue;
      most.as = next.as;
      most.by = next.by;
      most.by.insert(most.by.begin(),
                     {"held", fmt::format("'{}' derives from it", record->name), record->where});
    }
  }
  if (most.by.size() > shown) most.by.resize(shown);
  place->second = std::move(most);
  return place->second;
}

HeldAs Holders::held(std::string_view id, std::vector<Evidence>& evidence) const {
  const Answer& found = answer(id);
  evidence.insert(evidence.end(), found.by.begin(), found.by.end());
  return found.as;
}

void Holders::add_places(const Answer& found, std::vector<Evidence>& evidence) {
  for (const Evidence& one : found.by) {
    const bool known = std::any_of(evidence.begin(), evidence.end(), [&](const Evidence& other) {
      return other.where == one.where && other.where.known();
    });
    if (!known) evidence.push_back(one);
  }
}

Number Holders::number_of(std::span<const Record* const> records,
                          std::vector<Evidence>& evidence) const {
  HeldAs most = HeldAs::Nowhere;
  bool uncounted = false;
  const Record* best = nullptr;
  for (const Record* record : records) {
    const Answer& found = answer(record->id);
    uncounted = uncounted || found.uncounted;
    if (best != nullptr && found.as <= most) continue;
    best = record;
    most = found.as;
  }
  if (best == nullptr) return Number::Unknown;
  const Answer& found = answer(best->id);
  if (most < HeldAs::Again && (most == HeldAs::Nowhere || uncounted)) {
    return Number::Unknown;  // a type for code that was not read
  }
  add_places(found, evidence);
  if (most == HeldAs::Again) return Number::Unknown;
  return most == HeldAs::Many ? Number::Many : Number::Few;
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
