// What a run is asked for, by theme, as plain data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/check.hpp"
#include "model/finding.hpp"
#include "scan/parse/scan.hpp"

namespace snug {

/// One of `count` equal parts of the units; `index` counts from 1.
struct Shard {
  std::uint32_t index = 1;
  std::uint32_t count = 1;
};

/// A file that the run will write.
struct OutputFile {
  std::string option;  ///< That names it: "-o".
  std::string name;    ///< As the user wrote it.
};

/// What is read, and how.
struct ProjectSpec {
  std::vector<std::string> files;                 ///< FILES and parts of the command line.
  std::optional<std::vector<std::string>> flags;  ///< For FILES; without them the database's.
  std::string build;    ///< Folder (or file) of the compile database; empty: searched.
  std::string config;   ///< Path of the configuration; empty: searched.
  ScanMeaning meaning;  ///< An empty root is found; excludes of the configuration are added.
  ScanLimits limits;
  Shard shard;
  /// Units of the database that FILES do not select are read too: they may use what is edited.
  bool all_units = false;
  /// Of a file that the database compiles in several ways the first one alone is read.
  bool one_way = false;
  bool cache_read_only = false;     ///< Nothing is written there, or without it to the folder.
  std::vector<OutputFile> outputs;  ///< None of them may be an input.
  std::string cache;                ///< Folder with results of other runs; empty: none are kept.
  std::string shared_cache;         ///< Where machines share results; empty: nowhere.
  std::string current_folder;       ///< Absolute. Relative names start here.
};

/// Findings that make a run fail.
enum class FailOn : std::uint8_t { Note, Warning, Never };

/// Which findings are looked for, and what they have to get past.
struct CheckPlan {
  std::optional<std::string> checks;   ///< A list as of --checks; nothing: the configuration's.
  OptionValues options;                ///< Win over those of the configuration.
  std::string baseline;                ///< Path; empty: none.
  std::string profile;                 ///< Path; empty: none.
  std::string since;                   ///< Revision of git; empty: all findings count.
  std::optional<Level> level;          ///< The lowest that counts; nothing: the configuration's.
  std::optional<FailOn> fail_on;       ///< Likewise. What fails a run counts, too.
  Level usual_level = Level::Warning;  ///< Where neither this nor the configuration sets one.
  bool bundled = false;                ///< Code of others that lies in the project counts, too.
  bool staged = false;                 ///< Only what the next commit of git changes counts.
};

/// Of ProofPlan::units: all that see the type.
inline constexpr std::uint32_t all_units = 0xFFFFFFFF;

struct ProofPlan {
  std::uint32_t units = 1;  ///< That each fix is tried in; 0: no fix is tried.
  /// Files of 'snug prove': what they answer is not tried again.
  std::vector<std::string> answers = {};
};

/// What `fix` applies.
struct FixPlan {
  CheckPlan check;
  Safety safety = Safety::Safe;  ///< The most that is applied.
  bool keep_going = false;       ///< Although units could not be analysed.
};

}  // namespace snug
