#include "model/origins.hpp"

#include <algorithm>

namespace snug {

bool fits(const Origins& origins, const Model& model) {
  const auto check = [&](const std::vector<std::uint32_t>& from, std::size_t facts) {
    return (from.empty() || from.size() == facts) &&
           std::all_of(from.begin(), from.end(),
                       [&](std::uint32_t unit) { return unit < model.units.size(); });
  };
  return check(origins.records, model.records.size()) &&
         check(origins.conflicts, model.conflicts.size()) &&
         check(origins.uses, model.uses.size()) &&
         check(origins.initializers, model.initializers.size()) &&
         check(origins.functions, model.functions.size()) &&
         check(origins.variables, model.variables.size()) &&
         check(origins.enumerations, model.enumerations.size()) &&
         check(origins.variants, model.variants.size()) &&
         std::all_of(origins.versions.begin(), origins.versions.end(),
                     [&](const Origins::Version& version) {
                       return model.file_hashes.contains(version.path) &&
                              check(version.units, version.units.size());
                     });
}

}  // namespace snug
