// What a run found, ready to be written in any format. One writer a format, each a pure function of
// the report.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

struct ToolInfo {
  std::string version;   ///< Of snug.
  std::string libclang;  ///< Of the front end.
};

struct Report {
  ToolInfo tool;
  std::string root;               ///< Absolute; paths below it are printed relative to it.
  const Model* model = nullptr;   ///< Never null when written.
  std::vector<Finding> findings;  ///< In report order, at or above the level asked for.
};

/// file:line:column: warning: message [check] with notes, as compilers print.
void write_text(const Report& report, bool color, std::ostream& out);
/// snug-report/1, see man snug(1).
void write_json(const Report& report, std::ostream& out);

}  // namespace snug
