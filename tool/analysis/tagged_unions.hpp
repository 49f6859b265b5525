// Unions with a tag: beside the union in a record, or at the front of each of its structs.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analysis/sum_types.hpp"
#include "model/model.hpp"

namespace snug {

/// Where objects come to be that a function puts an alternative into: the place itself, and for
/// constructors the places that call them.
class BuildPlaces {
 public:
  /// REQUIRES: the model outlives it.
  explicit BuildPlaces(const Model& model);

  /// Never empty. `loop`: around the spot, or -1.
  [[nodiscard]] std::vector<BuildSite> of(const Function& function, const Spot& spot,
                                          std::int32_t loop) const;

 private:
  std::unordered_map<std::string_view, std::vector<std::pair<const Function*, const Call*>>> calls_;
};

[[nodiscard]] inline std::uint64_t round_up(std::uint64_t bytes, std::uint64_t align) {
  return (bytes + align - 1) / align * align;
}

[[nodiscard]] std::vector<Room> rooms_of(const std::vector<UnionChoice>& choices);

/// Those of the model whose layout rule is known.
[[nodiscard]] std::vector<SumType> tagged_unions(const BuildPlaces& places, const Model& model);

}  // namespace snug
