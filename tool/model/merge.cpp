// How parts become one model:
//
// 1. Units get provisional numbers in order of arrival; a unit is known by file and flags.
// 2. Each id has a list of layouts; each layout keeps one copy of the record and the units that see
//    it. Of equal copies the one of the first unit (by file and flags) is kept, so that facts that
//    do not belong to the layout do not depend on the order of arrival either.
// 3. A layout that differs from that of most units is in doubt where a file was saved during the
//    scan, so that the units that see the two read different texts.
// 4. Facts are joined table by table, as the traits of each family say (model/facts/).
// 5. finish() sorts the units, renumbers, and chooses the layout of each id that most units see.
#include "model/merge.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "base/error.hpp"
#include "model/facts/tables.hpp"
#include "model/file_versions.hpp"
#include "model/record_merge.hpp"

namespace snug {
namespace {

using UnitKey = std::pair<std::string, std::string>;  // file, flags_key

constexpr std::string_view changed_while_read =
    " changed while it was being read, so units that saw different texts of it are not compared "
    "and it is not edited; run again";

void sort_unique(std::vector<std::uint32_t>& numbers) {
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

bool has_facts(const Model& model) {
  bool any = false;
  each_fact_table([&](auto table, auto) { any = any || !table.of(model).empty(); });
  return any;
}

template <class... Table>
std::tuple<FactMerger<FactOf<Table>>...> mergers_of(std::tuple<Table...>*);

}  // namespace

struct Merger::State {
  std::string root;
  Abi abi;
  bool has_abi = false;
  std::vector<Unit> units;
  std::map<UnitKey, std::uint32_t> numbers;
  RecordMerger records;
  decltype(mergers_of(static_cast<FactTables*>(nullptr))) facts;  ///< One for each table.
  FileVersions files;
  std::set<std::string> without_layout, outside, excluded;  ///< See LeftOut.
  std::map<std::string, std::uint32_t> file_numbers;        ///< In order of arrival.

  [[nodiscard]] bool before(std::uint32_t a, std::uint32_t b) const {
    const bool outside_a = is_outside(units[a].file), outside_b = is_outside(units[b].file);
    return std::tie(outside_a, units[a].file, units[a].flags_key) <
           std::tie(outside_b, units[b].file, units[b].flags_key);
  }
  [[nodiscard]] bool is_outside(const std::string& file) const {
    return !root.empty() && !(file.starts_with(root) && file.size() > root.size() &&
                              (root.back() == '/' || file[root.size()] == '/'));
  }

  void check_target(const Model& part);
  std::vector<std::uint32_t> add_units(std::vector<Unit> parts,
                                       const std::vector<std::uint32_t>& file_of);
  void add_record(Record record, const std::vector<std::uint32_t>& numbers,
                  const std::uint32_t* from);
  void add_files(const Model& part, const Origins& origins,
                 const std::vector<std::uint32_t>& numbers);
  void tell_changed_files();
  void add_facts(Model& part, const Origins& origins, const std::vector<std::uint32_t>& numbers);
  void give_facts(const std::vector<std::uint32_t>& number_of, Model& model, Origins& origins);
  std::vector<std::uint32_t> number_files(const std::map<std::string, std::string>& hashes);
  void renumber_files();
  std::vector<std::uint32_t> sort_units();
  void keep_versions(const std::vector<std::uint32_t>& number_of, Origins& origins) const;
};

void Merger::State::check_target(const Model& part) {
  const bool analysed = std::any_of(part.units.begin(), part.units.end(),
                                    [](const Unit& unit) { return unit.status == UnitStatus::Ok; });
  if (!analysed && part.records.empty()) {
    const bool better = abi.target.empty() || (!part.abi.target.empty() && part.abi < abi);
    if (!has_abi && better) abi = part.abi;
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
    // Of which files that is true, the whole merge tells.
    std::erase_if(unit.problems,
                  [](const std::string& problem) { return problem.ends_with(changed_while_read); });
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

/// REQUIRES: numbers is not empty.
void Merger::State::add_facts(Model& part, const Origins& origins,
                              const std::vector<std::uint32_t>& unit_numbers) {
  const UnitOrder earlier = [&](std::uint32_t a, std::uint32_t b) { return before(a, b); };
  const auto first = *std::min_element(unit_numbers.begin(), unit_numbers.end(), earlier);
  each_fact_table([&](auto table, auto index) {
    using Fact = FactOf<decltype(table)>;
    auto& merger = std::get<decltype(index)::value>(facts);
    const std::vector<std::uint32_t>& from = origins.of(index);
    std::size_t place = 0;
    for (Fact& fact : table.of(part)) {
      if constexpr (FactWithUnits<Fact>) {
        std::vector<std::uint32_t>& seen_by = FactTraits<Fact>::units(fact);
        for (std::uint32_t& unit : seen_by) unit = unit_numbers.at(unit);
        if (seen_by.empty()) seen_by = unit_numbers;
        std::sort(seen_by.begin(), seen_by.end());
      }
      merger.add(std::move(fact), from.empty() ? first : unit_numbers.at(from[place]), earlier);
      ++place;
    }
  });
}

/// Origins as final numbers, too.
void Merger::State::give_facts(const std::vector<std::uint32_t>& number_of, Model& model,
                               Origins& origins) {
  each_fact_table([&](auto table, auto index) {
    using Fact = FactOf<decltype(table)>;
    auto& merger = std::get<decltype(index)::value>(facts);
    std::vector<std::uint32_t>& from = origins.of(index);
    table.of(model) = merger.finish(FactWithOrigin<Fact> ? &from : nullptr);
    for (std::uint32_t& unit : from) unit = number_of[unit];
    if constexpr (FactWithUnits<Fact>) {
      for (Fact& fact : table.of(model)) {
        std::vector<std::uint32_t>& seen_by = FactTraits<Fact>::units(fact);
        for (std::uint32_t& unit : seen_by) unit = number_of.at(unit);
        std::sort(seen_by.begin(), seen_by.end());
      }
    }
  });
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

void Merger::State::keep_versions(const std::vector<std::uint32_t>& number_of,
                                  Origins& origins) const {
  for (const std::string& path : files.changed()) {
    for (auto& [hash, units_of_text] : files.versions_of(path)) {
      std::vector<std::uint32_t> numbers_of_units = units_of_text;
      for (std::uint32_t& unit : numbers_of_units) unit = number_of[unit];
      sort_unique(numbers_of_units);
      origins.versions.push_back({path, hash, std::move(numbers_of_units)});
    }
  }
}

Merger::Merger(std::string root) : state_(std::make_unique<State>()) {
  state_->root = std::move(root);
}
Merger::~Merger() = default;
Merger::Merger(Merger&&) noexcept = default;
Merger& Merger::operator=(Merger&&) noexcept = default;

/// `from`: the unit whose copy it is; null: the first one that sees it.
void Merger::State::add_record(Record record, const std::vector<std::uint32_t>& numbers_of_units,
                               const std::uint32_t* from) {
  std::vector<std::uint32_t> seen_by;
  seen_by.reserve(record.units.size());
  for (const std::uint32_t unit : record.units) seen_by.push_back(numbers_of_units.at(unit));
  // A model of a single unit need not say who sees its records.
  if (seen_by.empty()) seen_by = numbers_of_units;
  const std::uint32_t first =
      from != nullptr
          ? numbers_of_units.at(*from)
          : *std::min_element(seen_by.begin(), seen_by.end(),
                              [&](std::uint32_t a, std::uint32_t b) { return before(a, b); });
  records.add(std::move(record), std::move(seen_by), first,
              [&](std::uint32_t a, std::uint32_t b) { return before(a, b); });
}

/// Of files of which a part read several texts, the origins know who read which one.
void Merger::State::add_files(const Model& part, const Origins& origins,
                              const std::vector<std::uint32_t>& numbers_of_units) {
  std::set<std::string_view> told;
  for (const auto& [path, hash, readers] : origins.versions) {
    std::vector<std::uint32_t> known;
    for (const std::uint32_t unit : readers) known.push_back(numbers_of_units.at(unit));
    files.add(path, hash, known);
    told.insert(path);
  }
  for (const auto& [path, hash] : part.file_hashes) {
    if (!told.contains(path)) files.add(path, hash, numbers_of_units);
  }
}

void Merger::State::tell_changed_files() {
  if (units.empty()) return;
  for (const std::string& path : files.changed()) {
    units.front().problems.push_back(path + std::string(changed_while_read));
  }
}

void Merger::add(Model part, const Origins& origins) {
  State& state = *state_;
  state.check_target(part);
  const std::vector<std::uint32_t> numbers =
      state.add_units(std::move(part.units), state.number_files(part.file_hashes));
  if (numbers.empty()) {
    if (part.records.empty() && !has_facts(part)) return;
    throw Error("a model without units cannot be joined to others");
  }
  for (std::size_t i = 0; i < part.records.size(); ++i) {
    state.add_record(std::move(part.records[i]), numbers,
                     origins.records.empty() ? nullptr : &origins.records[i]);
  }
  for (std::size_t i = 0; i < part.conflicts.size(); ++i) {
    LayoutConflict& conflict = part.conflicts[i];
    // Where it is known who read what, the whole merge finds out.
    if (conflict.doubtful && origins.versions.empty()) state.records.doubt(conflict.other.id);
    state.add_record(std::move(conflict.other), numbers,
                     origins.conflicts.empty() ? nullptr : &origins.conflicts[i]);
  }
  state.add_facts(part, origins, numbers);
  state.add_files(part, origins, numbers);
  for (const auto& [all, some] : {std::pair(&state.without_layout, &part.left_out.without_layout),
                                  std::pair(&state.outside, &part.left_out.outside),
                                  std::pair(&state.excluded, &part.left_out.excluded)}) {
    all->insert(some->begin(), some->end());
  }
}

Model Merger::finish(Origins* wanted) {
  auto fresh = std::make_unique<State>();
  fresh->root = state_->root;
  const std::unique_ptr<State> state = std::exchange(state_, std::move(fresh));
  Model model;
  Origins origins;
  model.abi = state->abi;
  const std::vector<std::uint32_t> number_of = state->sort_units();
  state->records.finish(state->files, number_of, model, origins);
  state->give_facts(number_of, model, origins);
  state->tell_changed_files();
  model.left_out = {{state->without_layout.begin(), state->without_layout.end()},
                    {state->outside.begin(), state->outside.end()},
                    {state->excluded.begin(), state->excluded.end()}};
  state->renumber_files();
  model.units = std::move(state->units);
  model.file_hashes = state->files.hashes();
  if (wanted != nullptr) {
    state->keep_versions(number_of, origins);
    *wanted = std::move(origins);
  }
  return model;
}

}  // namespace snug
