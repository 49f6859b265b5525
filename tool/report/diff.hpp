// `snug diff`: what changed between two runs, for people, programs and pull requests.
#pragma once

#include <iosfwd>
#include <string>

#include "model/run_diff.hpp"

namespace snug {

/// Names of the two runs and what they say about each other.
struct DiffReport {
  std::string before;  ///< As the user called it.
  std::string after;
  const RunDiff* diff = nullptr;  ///< Never null when written.
};

void write_diff_text(const DiffReport& report, bool color, std::ostream& out);
/// snug-diff/1, see man snug-diff(1).
void write_diff_json(const DiffReport& report, std::ostream& out);
/// GitHub-flavoured Markdown: tables for the comment of a pull request.
void write_diff_markdown(const DiffReport& report, std::ostream& out);

}  // namespace snug
