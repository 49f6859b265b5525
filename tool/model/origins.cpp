#include "model/origins.hpp"

#include <algorithm>

#include "model/facts/tables.hpp"

namespace snug {

const std::vector<std::uint32_t>& Origins::of(std::size_t table) const {
  static const std::vector<std::uint32_t> none;
  return table < facts.size() ? facts[table] : none;
}

std::vector<std::uint32_t>& Origins::of(std::size_t table) {
  if (table >= facts.size()) facts.resize(table + 1);
  return facts[table];
}

bool fits(const Origins& origins, const Model& model) {
  const auto check = [&](const std::vector<std::uint32_t>& from, std::size_t facts) {
    return (from.empty() || from.size() == facts) &&
           std::all_of(from.begin(), from.end(),
                       [&](std::uint32_t unit) { return unit < model.units.size(); });
  };
  bool facts_fit = origins.facts.size() <= fact_table_count;
  each_fact_table([&](auto table, auto index) {
    facts_fit = facts_fit && check(origins.of(index), table.of(model).size());
  });
  return facts_fit && check(origins.records, model.records.size()) &&
         check(origins.conflicts, model.conflicts.size()) &&
         std::all_of(origins.versions.begin(), origins.versions.end(),
                     [&](const Origins::Version& version) {
                       return model.file_hashes.contains(version.path) &&
                              check(version.units, version.units.size());
                     });
}

}  // namespace snug
