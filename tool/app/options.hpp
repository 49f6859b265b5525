// What the user asked for, as plain data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "report/formats/formats.hpp"
#include "session/plans.hpp"
#include "session/ranking.hpp"

namespace snug {

enum class DiffFormat : std::uint8_t { Text, Json, Markdown };
enum class When : std::uint8_t { Auto, Always, Never };
enum class FindingOrder : std::uint8_t { Value, Place };

/// How results and news are written, and where.
struct Printing {
  std::string output;                        ///< Empty: standard output.
  std::uint64_t top = 0;                     ///< Rows of `list`, findings of `check`; 0: all.
  FindingOrder order = FindingOrder::Value;  ///< Of `check`.
  SortKey sort = SortKey::Waste;             ///< Of `list`.
  Format format = Format::Text;
  std::string source_url;                     ///< --source-url; empty: no links.
  bool diffs = true;                          ///< The text format shows the edits of fixes.
  DiffFormat diff_format = DiffFormat::Text;  ///< Of `diff`.
  When color = When::Auto;
  When progress = When::Auto;
  bool verbose = false;
  bool timings = false;
};

/// When a run counts as failed.
struct Failing {
  bool keep_going = false;    ///< Units that could not be analysed do not count.
  bool growth = false;        ///< `diff --fail-on growth`
  bool new_findings = false;  ///< `diff --fail-on finding`
};

/// What else than results is written.
struct Writing {
  std::string baseline;      ///< Path of --write-baseline; empty: not asked for.
  std::string log;           ///< File of `lsp`; empty: none.
  bool dry_run = false;      ///< `fix` prints a diff instead of changing files.
  std::string replacements;  ///< File for the edits of `fix`; empty: none.
  std::string proof_plan;    ///< File for the proofs that `check` would do; empty: it does them.
  std::string depfile;       ///< `scan --depfile`; empty: none.
};

struct Options {
  std::string command;
  std::vector<std::string> arguments;  ///< FILES, TYPES, parts or topics.
  ProjectSpec project;                 ///< Its files and folder are filled in by spec_of().
  CheckPlan check;
  ProofPlan proof;
  /// --cache: "off", a folder, or empty for the user's. No configuration of a project has a say: it
  /// comes with a checkout, and must not choose where is written.
  std::string cache;
  std::string shared_cache;          ///< --cache URL
  bool cache_read_only = false;      ///< --cache-read-only
  bool clear_cache = false;          ///< cache --clear
  Safety safety = Safety::Safe;      ///< The most that `fix` applies.
  std::vector<std::string> targets;  ///< Of `show --targets`.
  Failing failing;
  Writing writing;
  Printing printing;
  bool help = false;
  bool list_topics = false;  ///< explain --list
  bool man_page = false;     ///< explain --man
};

}  // namespace snug
