// From marks and configuration to the rules of each record.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "gate/configuration/configuration.hpp"
#include "gate/marks.hpp"
#include "model/model.hpp"

namespace snug {

/// The marks of each file that has some, by path.
using MarkedFiles = std::map<std::string, Marks>;

/// Files that cannot be read have no marks.
[[nodiscard]] MarkedFiles read_marks(const std::vector<std::string>& paths, const Files& files,
                                     const std::vector<KnownCheck>& checks);

/// The rules for the reported records of the model: limits and frozen layouts from marks and
/// budgets (the strictest holds), groups from marks. A mark that belongs to nothing is a bad mark.
[[nodiscard]] Rules read_rules(const Model& model, const MarkedFiles& marks,
                               const Configuration& configuration);

/// The budgets of the configuration that fit no reported record: their types are misspelt, or gone.
[[nodiscard]] std::vector<BudgetEntry> idle_budgets(const Model& model,
                                                    const Configuration& configuration);

}  // namespace snug
