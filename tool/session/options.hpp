// What the user asked for, as plain data.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/check.hpp"
#include "model/finding.hpp"
#include "report/formats.hpp"

namespace snug {

enum class DiffFormat : std::uint8_t { Text, Json, Markdown };
enum class When : std::uint8_t { Auto, Always, Never };
enum class FailOn : std::uint8_t { Note, Warning, Never };
enum class FindingOrder : std::uint8_t { Value, Place };
enum class SortKey : std::uint8_t { Size, Padding, Waste, Name };

/// One of `count` equal parts of the units; `index` counts from 1.
struct Shard {
  std::uint32_t index = 1;
  std::uint32_t count = 1;
};

/// Of Options::prove_units: all units that see the type.
inline constexpr std::uint32_t all_units = 0xFFFFFFFF;

// snug: ignore(padding): there is one object, and its fields stand by command
struct Options {
  std::string command;
  std::vector<std::string> arguments;             ///< FILES, TYPES, parts or topics.
  std::optional<std::vector<std::string>> flags;  ///< What stands behind `--`.

  std::string build;  ///< Folder (or file) of the compile database; empty: searched.
  std::string root;   ///< Project root; empty: found from the sources.
  std::vector<std::string> excludes;
  std::vector<std::string> query_drivers;
  std::string target;
  std::vector<std::string> targets;  ///< Of `show --targets`.
  std::uint32_t cache_line = 0;      ///< Bytes; 0: the target's.
  unsigned jobs = 0;                 ///< 0: all cores.
  std::chrono::seconds timeout{0};
  std::uint64_t memory_limit_mb = 0;
  bool system_headers = false;
  bool layout_only = false;
  bool keep_going = false;

  Level level = Level::Warning;
  bool bundled = false;           ///< Code of others that lies in the project is reported, too.
  std::uint32_t prove_units = 1;  ///< Units that each fix is tried in; 0: no fix is tried.
  std::string checks;
  OptionValues check_options;
  std::string config;          ///< Path; empty: searched.
  std::string baseline;        ///< Path; empty: none.
  std::string write_baseline;  ///< Path; empty: not asked for.
  std::string profile;         ///< Path; empty: none.
  std::string since;           ///< Revision of git; empty: all findings count.

  Safety safety = Safety::Safe;     ///< The most that `fix` applies.
  bool dry_run = false;             ///< `fix` prints a diff instead of writing.
  std::string export_replacements;  ///< File for the edits of `fix`; empty: none.

  std::string output;                        ///< Empty: standard output.
  std::uint64_t top = 0;                     ///< Rows of `list`, findings of `check`; 0: all.
  FindingOrder order = FindingOrder::Value;  ///< Of `check`.
  Shard shard;
  SortKey sort = SortKey::Waste;
  FailOn fail_on = FailOn::Warning;
  Format format = Format::Text;
  bool diffs = true;                          ///< The text format shows the edits of fixes.
  DiffFormat diff_format = DiffFormat::Text;  ///< Of `diff`.
  bool fail_on_growth = false;                ///< `diff --fail-on growth`
  bool fail_on_finding = false;               ///< `diff --fail-on finding`
  When color = When::Auto;
  When progress = When::Auto;
  bool verbose = false;
  bool timings = false;

  std::vector<std::string_view> given;  ///< Last names of the options that were given: "--level".
  bool help = false;
  bool list_topics = false;  ///< explain --list
  bool man_page = false;     ///< explain --man
};

}  // namespace snug
