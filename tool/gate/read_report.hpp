// A JSON report (snug-report/1) back as the model that it was made of, as far as a report tells.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

/// What two runs are compared by.
struct RunResult {
  std::string name;           ///< Of the file, for people.
  Model model;                ///< Of a report: the ABI, units, and reported records.
  bool has_findings = false;  ///< A model file has none: they would have to be computed.
  std::vector<Finding> findings;
  std::vector<std::string> fingerprints;  ///< One for each finding.
};

/// Reads a report. Keys that this program does not know are passed over: newer reports only add.
/// Throws Error with `name` and the path of what is wrong.
[[nodiscard]] RunResult read_report(std::string_view text, const std::string& name);

}  // namespace snug
