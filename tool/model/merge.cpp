// How parts become one model:
//
// 1. Units get provisional numbers in order of arrival; a unit is known by file and flags.
// 2. Each id has a list of layouts; each layout keeps one copy of the record and the units that see
//    it. Of equal copies the one of the first unit (by file and flags) is kept, so that facts that
//    do not belong to the layout do not depend on the order of arrival either.
// 3. A layout that differs from that of most units is in doubt where a file was saved during the
//    scan, so that the units that see the two read different texts.
// 4. finish() sorts the units, renumbers, and chooses the layout of each id that most units see.
#include "model/merge.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/error.hpp"
#include "model/file_versions.hpp"
#include "model/layouts.hpp"
#include "model/ownership_merge.hpp"
#include "model/use_merge.hpp"

namespace snug {
namespace {

using UnitKey = std::pair<std::string, std::string>;  // file, flags_key

/// Something with the unit that its kept copy comes from.
template <class Value>
struct Copy {
  Value value;
  std::uint32_t from = 0;
};

/// `#if` can give one constructor several lists.
using InitializerKey = std::tuple<SourceRange, std::string, std::vector<SourceRange>>;

void sort_unique(std::vector<std::uint32_t>& numbers) {
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

std::vector<SourceRange> item_places(const InitializerList& list) {
  std::vector<SourceRange> places;
  places.reserve(list.items.size());
  for (const InitializerList::Item& item : list.items) places.push_back(item.range);
  return places;
}

}  // namespace

struct Merger::State {
  Abi abi;
  bool has_abi = false;
  std::vector<Unit> units;
  std::map<UnitKey, std::uint32_t> numbers;
  std::unordered_map<std::string, std::vector<Layout>> records;
  UseMerger uses;
  std::map<InitializerKey, Copy<InitializerList>> initializers;
  std::map<std::string, Copy<Function>> functions;
  std::map<std::string, Copy<Variable>> variables;
  std::set<Holding> holdings;
  std::map<std::string, Copy<Enumeration>> enumerations;
  std::set<EnumUse> enum_uses;
  std::map<std::string, Copy<Variant>> variants;
  FileVersions files;
  std::set<std::string> without_layout, outside, excluded;  ///< See LeftOut.
  std::set<std::string> doubtful;  ///< Ids with a conflict that was doubtful in a part.
  std::map<std::string, std::uint32_t> file_numbers;  ///< In order of arrival.
  OwnershipMerger ownership;

  [[nodiscard]] bool before(std::uint32_t a, std::uint32_t b) const {
    return std::tie(units[a].file, units[a].flags_key) <
           std::tie(units[b].file, units[b].flags_key);
  }

  void check_target(const Model& part);
  std::vector<std::uint32_t> add_units(std::vector<Unit> parts,
                                       const std::vector<std::uint32_t>& file_of);
  void add_layout(Record record, std::vector<std::uint32_t> seen_by, std::uint32_t from);
  void add_function(Function function, std::uint32_t from);
  void add_variable(Variable variable, std::uint32_t from);
  void add_variant(Variant variant, std::uint32_t from);
  std::vector<std::uint32_t> number_files(const std::map<std::string, std::string>& hashes);
  void renumber_files();
  std::vector<std::uint32_t> sort_units();
  void move_records(const std::vector<std::uint32_t>& order, Model& model);
};

void Merger::State::check_target(const Model& part) {
  const bool analysed = std::any_of(part.units.begin(), part.units.end(),
                                    [](const Unit& unit) { return unit.status == UnitStatus::Ok; });
  if (!analysed && part.records.empty()) {
    if (!has_abi && abi.target.empty()) abi = part.abi;
    return;
  }
  if (has_abi && abi != part.abi) {
    throw Error(
        fmt::format("models of different targets cannot be joined: '{}' (cache line {}) "
                    "and '{}' (cache line {})",
                    abi.target, abi.cache_line_bytes, part.abi.target, part.abi.cache_line_bytes));
  }
  abi = part.abi;
  has_abi = true;
}

/// The provisional number of each file of a part, by its place there.
std::vector<std::uint32_t> Merger::State::number_files(
    const std::map<std::string, std::string>& hashes) {
  std::vector<std::uint32_t> result;
  for (const auto& [path, hash] : hashes) {
    const auto next = static_cast<std::uint32_t>(file_numbers.size());
    result.push_back(file_numbers.try_emplace(path, next).first->second);
  }
  return result;
}

/// Takes the units over; the provisional number of each, by its index in the part.
std::vector<std::uint32_t> Merger::State::add_units(std::vector<Unit> parts,
                                                    const std::vector<std::uint32_t>& file_of) {
  std::vector<std::uint32_t> result;
  for (Unit& unit : parts) {
    for (std::uint32_t& file : unit.files) file = file_of.at(file);
    const auto next = static_cast<std::uint32_t>(units.size());
    const auto [place, added] = numbers.emplace(UnitKey{unit.file, unit.flags_key}, next);
    result.push_back(place->second);
    if (added) {
      units.push_back(std::move(unit));
      continue;
    }
    // The same unit in two parts: what went wrong in either is told.
    Unit& known = units[place->second];
    known.status = std::max(known.status, unit.status);
    known.searched &= unit.searched;
    if (std::tie(unit.directory, unit.arguments) < std::tie(known.directory, known.arguments)) {
      known.directory = std::move(unit.directory);
      known.arguments = std::move(unit.arguments);
    }
    known.files.insert(known.files.end(), unit.files.begin(), unit.files.end());
    known.problems.insert(known.problems.end(), unit.problems.begin(), unit.problems.end());
    std::sort(known.problems.begin(), known.problems.end());
    known.problems.erase(std::unique(known.problems.begin(), known.problems.end()),
                         known.problems.end());
  }
  return result;
}

void Merger::State::add_layout(Record record, std::vector<std::uint32_t> seen_by,
                               std::uint32_t from) {
  record.units.clear();
  std::vector<Layout>& layouts = records[record.id];
  const auto same = std::find_if(layouts.begin(), layouts.end(), [&](const Layout& layout) {
    return same_layout(layout.record, record) && is_same_text(layout.record, record);
  });
  if (same == layouts.end()) {
    layouts.push_back({std::move(record), from, std::move(seen_by)});
    return;
  }
  const bool reported = same->record.reported || record.reported;
  same->units.insert(same->units.end(), seen_by.begin(), seen_by.end());
  if (before(from, same->from)) {
    same->record = std::move(record);
    same->from = from;
  }
  same->record.reported = reported;
}

void Merger::State::add_function(Function function, std::uint32_t from) {
  std::string id = function.id;
  const bool address_taken = function.address_taken;
  const auto place = functions.find(id);
  if (place == functions.end()) {
    functions.emplace(std::move(id), Copy<Function>{std::move(function), from});
    return;
  }
  const bool taken = address_taken || place->second.value.address_taken;
  if (before(from, place->second.from)) place->second = {std::move(function), from};
  place->second.value.address_taken = taken;
}

void Merger::State::add_variable(Variable variable, std::uint32_t from) {
  std::string id = variable.id;
  const auto place = variables.find(id);
  if (place == variables.end()) {
    variables.emplace(std::move(id), Copy<Variable>{std::move(variable), from});
  } else if (before(from, place->second.from)) {
    place->second = {std::move(variable), from};
  }
}

/// From numbers in order of arrival to places in the order of the paths.
void Merger::State::renumber_files() {
  std::vector<std::uint32_t> place_of(file_numbers.size());
  std::uint32_t place = 0;
  for (const auto& [path, number] : file_numbers) place_of[number] = place++;
  for (Unit& unit : units) {
    for (std::uint32_t& file : unit.files) file = place_of[file];
    sort_unique(unit.files);
  }
}

/// A copy that an alias names is worth more than one that was only held.
void Merger::State::add_variant(Variant variant, std::uint32_t from) {
  std::string id = variant.id;
  const auto place = variants.find(id);
  if (place == variants.end()) {
    variants.emplace(std::move(id), Copy<Variant>{std::move(variant), from});
    return;
  }
  const bool named = !variant.name.empty();
  const bool known_named = !place->second.value.name.empty();
  if (named != known_named ? named : before(from, place->second.from)) {
    place->second = {std::move(variant), from};
  }
}

/// Sorts the units by file and flags; the new number of each provisional one.
std::vector<std::uint32_t> Merger::State::sort_units() {
  std::vector<std::uint32_t> order(units.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return before(a, b); });
  std::vector<std::uint32_t> number_of(units.size());
  std::vector<Unit> sorted;
  for (const std::uint32_t old : order) {
    number_of[old] = static_cast<std::uint32_t>(sorted.size());
    sorted.push_back(std::move(units[old]));
  }
  units = std::move(sorted);
  return number_of;
}

/// `number_of` maps provisional unit numbers to final ones.
void Merger::State::move_records(const std::vector<std::uint32_t>& number_of, Model& model) {
  const auto renumber = [&](std::vector<std::uint32_t> numbers_of_units) {
    for (std::uint32_t& number : numbers_of_units) number = number_of[number];
    sort_unique(numbers_of_units);
    return numbers_of_units;
  };
  const auto hashes = files.hashes();
  for (auto& [id, layouts] : records) {
    join_copies(layouts, hashes);
    for (Layout& layout : layouts) layout.record.units = renumber(layout.units);
    std::sort(layouts.begin(), layouts.end(), [](const Layout& a, const Layout& b) {
      return std::tuple(b.record.units.size(), a.record.units, a.record.size, a.record.where) <
             std::tuple(a.record.units.size(), b.record.units, b.record.size, b.record.where);
    });
    model.records.push_back(std::move(layouts.front().record));
    for (std::size_t other = 1; other < layouts.size(); ++other) {
      const bool in_doubt =
          doubtful.contains(id) || files.disagree(layouts[other].units, layouts.front().units);
      model.conflicts.push_back({std::move(layouts[other].record), in_doubt});
    }
  }
  std::sort(model.records.begin(), model.records.end(),
            [](const Record& a, const Record& b) { return a.id < b.id; });
  std::sort(model.conflicts.begin(), model.conflicts.end(),
            [](const LayoutConflict& a, const LayoutConflict& b) {
              return std::tie(a.other.id, a.other.units) < std::tie(b.other.id, b.other.units);
            });
}

Merger::Merger() : state_(std::make_unique<State>()) {}
Merger::~Merger() = default;
Merger::Merger(Merger&&) noexcept = default;
Merger& Merger::operator=(Merger&&) noexcept = default;

void Merger::add(Model part) {
  state_->check_target(part);
  const std::vector<std::uint32_t> numbers =
      state_->add_units(std::move(part.units), state_->number_files(part.file_hashes));
  if (numbers.empty()) {
    if (part.records.empty() && part.uses.empty()) return;
    throw Error("a model without units cannot be joined to others");
  }
  const auto first =
      *std::min_element(numbers.begin(), numbers.end(),
                        [&](std::uint32_t a, std::uint32_t b) { return state_->before(a, b); });

  const auto add_record = [&](Record& record) {
    std::vector<std::uint32_t> seen_by;
    seen_by.reserve(record.units.size());
    for (const std::uint32_t unit : record.units) seen_by.push_back(numbers.at(unit));
    // A model of a single unit need not say who sees its records.
    if (seen_by.empty()) seen_by = numbers;
    const auto from =
        *std::min_element(seen_by.begin(), seen_by.end(),
                          [&](std::uint32_t a, std::uint32_t b) { return state_->before(a, b); });
    state_->add_layout(std::move(record), std::move(seen_by), from);
  };
  for (Record& record : part.records) add_record(record);
  for (LayoutConflict& conflict : part.conflicts) {
    if (conflict.doubtful) state_->doubtful.insert(conflict.other.id);
    add_record(conflict.other);
  }
  for (Use& use : part.uses) {
    state_->uses.add(std::move(use), first,
                     [&](std::uint32_t a, std::uint32_t b) { return state_->before(a, b); });
  }
  for (InitializerList& list : part.initializers) {
    const auto [place, added] = state_->initializers.try_emplace(
        InitializerKey{list.where, list.record_id, item_places(list)},
        Copy<InitializerList>{list, first});
    if (!added && state_->before(first, place->second.from)) place->second = {list, first};
  }
  for (Function& function : part.functions) state_->add_function(std::move(function), first);
  for (Variable& variable : part.variables) state_->add_variable(std::move(variable), first);
  for (Holding& holding : part.holdings) state_->holdings.insert(std::move(holding));
  for (Enumeration& enumeration : part.enumerations) {
    const auto [place, added] =
        state_->enumerations.try_emplace(enumeration.id, Copy<Enumeration>{enumeration, first});
    if (!added && state_->before(first, place->second.from)) {
      place->second = {std::move(enumeration), first};
    }
  }
  for (EnumUse& use : part.enum_uses) state_->enum_uses.insert(std::move(use));
  state_->ownership.add(std::move(part.ownership), numbers);
  for (Variant& variant : part.variants) state_->add_variant(std::move(variant), first);
  for (const auto& [path, hash] : part.file_hashes) state_->files.add(path, hash, numbers);
  state_->without_layout.insert(part.left_out.without_layout.begin(),
                                part.left_out.without_layout.end());
  state_->outside.insert(part.left_out.outside.begin(), part.left_out.outside.end());
  state_->excluded.insert(part.left_out.excluded.begin(), part.left_out.excluded.end());
}

Model Merger::finish() {
  const std::unique_ptr<State> state = std::exchange(state_, std::make_unique<State>());
  Model model;
  model.abi = state->abi;
  const std::vector<std::uint32_t> number_of = state->sort_units();
  state->move_records(number_of, model);
  model.uses = state->uses.finish();
  for (auto& [key, copy] : state->initializers) {
    model.initializers.push_back(std::move(copy.value));
  }
  for (auto& [id, copy] : state->functions) model.functions.push_back(std::move(copy.value));
  for (auto& [id, copy] : state->variables) model.variables.push_back(std::move(copy.value));
  while (!state->holdings.empty()) {
    model.holdings.push_back(std::move(state->holdings.extract(state->holdings.begin()).value()));
  }
  for (auto& [id, copy] : state->enumerations) model.enumerations.push_back(std::move(copy.value));
  model.enum_uses.assign(state->enum_uses.begin(), state->enum_uses.end());
  model.ownership = state->ownership.finish(number_of);
  for (auto& [id, copy] : state->variants) model.variants.push_back(std::move(copy.value));
  if (!state->units.empty()) {
    auto& problems = state->units.front().problems;
    for (const std::string& path : state->files.changed()) {
      auto problem = fmt::format(
          "{} changed while it was being read, so units that saw different texts of it are not "
          "compared and it is not edited; run again",
          path);
      const bool told = std::find(problems.begin(), problems.end(), problem) != problems.end();
      if (!told) problems.push_back(std::move(problem));
    }
  }
  model.left_out = {{state->without_layout.begin(), state->without_layout.end()},
                    {state->outside.begin(), state->outside.end()},
                    {state->excluded.begin(), state->excluded.end()}};
  state->renumber_files();
  model.units = std::move(state->units);
  model.file_hashes = state->files.hashes();
  return model;
}

}  // namespace snug
