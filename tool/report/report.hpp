// What a run found, ready to be written in any format. One writer a format, each a pure function of
// the report.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

struct ToolInfo {
  std::string version;   ///< Of snug.
  std::string libclang;  ///< Of the front end.
};

/// How long one step of the run took.
struct Timing {
  std::string step;
  double seconds = 0;
};

/// What a check means, for formats that carry the explanation with the findings.
struct Rule {
  std::string id;       ///< "padding".
  std::string summary;  ///< One line, lower case, no full stop.
  std::string doc;      ///< Paragraphs; indented lines are literal.
};

/// A record in the better order of its fields that a fix gives it.
struct BetterOrder {
  Record record;
  const SuggestedFix* fix = nullptr;
};

/// What became of findings on their way to the report.
struct GateCounts {
  bool compared = false;           ///< With a baseline; else the three numbers are 0.
  std::uint64_t fresh = 0;         ///< Findings that the baseline does not know.
  std::uint64_t known = 0;         ///< Findings that it knows.
  std::uint64_t gone = 0;          ///< What it knows and nobody found.
  std::uint64_t ignored = 0;       ///< Findings that marks in the source silenced.
  std::uint64_t untouched = 0;     ///< Findings on what did not change since a revision.
  std::uint64_t below_level = 0;   ///< Findings below the level that is asked for.
  std::uint64_t contradicted = 0;  ///< Findings whose computed sizes the compiler contradicts.
  std::uint64_t bundled = 0;       ///< Findings in code of others that lies in the project.
  std::vector<std::string> bundled_folders = {};  ///< That it lies in; sorted.
  std::uint64_t beyond_top = 0;                   ///< Findings behind the first N of --top.
};

struct Report {
  ToolInfo tool;
  std::string root;               ///< Absolute; paths below it are printed relative to it.
  const Model* model = nullptr;   ///< Never null when written.
  std::vector<Finding> findings;  ///< In report order, at or above the level asked for.
  /// Absolute; the text format prints paths below it relative to it, so that an editor or a
  /// terminal finds them. Empty: `root`.
  std::string current_folder;
  const Files* files = nullptr;  ///< For the text of fixes; null: fixes are told without a diff.
  std::vector<Timing> timings;   ///< Empty unless asked for: times differ from run to run.
  std::vector<Rule> rules = {};  ///< The checks that were run.
  /// Proven orders by the id of the record, for formats that draw them.
  std::map<std::string, BetterOrder> better = {};
  int exit_status = 0;           ///< Of the run that the report is about.
  std::string fix_command = {};  ///< Applies the safe fixes; empty: none does.
  /// Where the source is on the web, with {file} and {line}; empty: no links.
  std::string source_url = {};
  GateCounts gates = {};
};

/// What only formats for terminals heed.
struct TextStyle {
  bool color = false;
  bool diffs = true;  ///< The edits of fixes are shown.
  /// Columns of the terminal that a person looks at: source lines are shown and findings stand
  /// apart. 0: programs read it, too.
  std::size_t width = 0;
};

/// file:line:column: warning: message [check] with notes, as compilers print.
void write_text(const Report& report, const TextStyle& style, std::ostream& out);
/// The first line of each finding alone.
void write_concise(const Report& report, const TextStyle& style, std::ostream& out);
/// One line that sums the run up: findings, units, records, bytes of padding.
void write_summary(const Report& report, bool color, std::ostream& out);
/// The units that could not be analysed, each with its reasons, as errors. Skipped ones too.
void write_unit_problems(const Report& report, bool color, std::ostream& out);
/// snug-report/1, see man snug(1).
void write_json(const Report& report, std::ostream& out);
/// SARIF 2.1.0, for code scanning and editors.
void write_sarif(const Report& report, std::ostream& out);
/// Workflow commands of GitHub Actions: findings as annotations of the lines that they are about.
void write_github(const Report& report, std::ostream& out);
/// The code quality report of GitLab.
void write_gitlab(const Report& report, std::ostream& out);
/// JUnit's XML.
void write_junit(const Report& report, std::ostream& out);
/// Checkstyle's XML.
void write_checkstyle(const Report& report, std::ostream& out);
/// Reviewdog's diagnostic format.
void write_rdjson(const Report& report, std::ostream& out);
/// GitHub-flavoured Markdown, for the summary of a job or a comment.
void write_markdown(const Report& report, std::ostream& out);
/// One HTML page that needs nothing else: ranked table, search, drawings of layouts.
void write_html(const Report& report, std::ostream& out);

}  // namespace snug
