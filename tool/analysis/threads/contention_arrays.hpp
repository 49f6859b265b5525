// Neighbours that are no fields of one record: elements of an array, and variables that stand side
// by side. Used by the search for contention alone.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/threads/contention_clash.hpp"

namespace snug::contention {

/// The touches of one array, if threads fight over its elements.
[[nodiscard]] std::optional<Contention> element_clash(const Model& model, const ReachMap& reach,
                                                      const Judge& judge, const Touches& touches);

/// Pairs of neighbouring variables. `touches`: of variables as a whole, by key.
[[nodiscard]] std::vector<Contention> variable_clashes(
    const Model& model, const Judge& judge, const std::map<std::string, Touches>& touches);

}  // namespace snug::contention
