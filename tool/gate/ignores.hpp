// Findings that a mark in the source silences.
#pragma once

#include <string>
#include <vector>

#include "gate/configuration/read_rules.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

struct Ignored {
  std::vector<Finding> findings;  ///< Those that no mark silences, in their order.
  std::size_t silenced = 0;
  /// A note of the check `source-mark` for each mark that silenced nothing although all checks that
  /// it names have run.
  std::vector<Finding> unused;
};

/// A mark silences the findings of its checks that stand on the lines of its declaration's head
/// and, if that declares a record, the findings about the record. Findings about marks cannot be
/// silenced.
[[nodiscard]] Ignored apply_ignores(std::vector<Finding> findings, const Model& model,
                                    const MarkedFiles& marks,
                                    const std::vector<std::string>& checks_run);

}  // namespace snug
