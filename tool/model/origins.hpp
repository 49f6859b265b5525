// What a merged model does not say of the units that it was merged from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "model/model.hpp"

namespace snug {

/// Where the kept copy of each fact of a merged model comes from, as places in Model::units, and
/// what the units read of files of which they did not read the same text. Without it a model that
/// was merged before is taken for what its first unit said. Empty: of a model of one unit.
struct Origins {
  std::vector<std::uint32_t> records, conflicts;
  /// By table of facts (model/facts/tables.hpp); empty where it does not matter whose copy is kept.
  std::vector<std::vector<std::uint32_t>> facts;
  struct Version {
    std::string path;
    std::string hash;
    std::vector<std::uint32_t> units;  ///< That read this text.
    bool operator==(const Version&) const = default;
  };
  std::vector<Version> versions;  ///< By path.
  bool operator==(const Origins&) const = default;

  /// Of the facts of a table, by its index.
  [[nodiscard]] const std::vector<std::uint32_t>& of(std::size_t table) const;
  [[nodiscard]] std::vector<std::uint32_t>& of(std::size_t table);
};

/// True if the origins may be those of the model.
[[nodiscard]] bool fits(const Origins& origins, const Model& model);

}  // namespace snug
