// The file .snug.toml: what a project wants of every run. Nothing in it is guessed: a key, a word
// or a type that is not known is an error with its place.
//
//   checks = ["-odr-layout"]              # as --checks
//   level = "note"                        # as --level
//   fail-on = "warning"                   # as --fail-on
//   exclude = ["third_party/**"]          # globs relative to the folder of this file
//   public-headers = ["api/**"]           # types declared there are known to other binaries; []:
//   none
//                                          # (default: what lies in include/ or is installed)
//   thread-entries = ["app::Pool::post"]  # functions that run what they are given on a thread
//
//   [report]
//   bundled = ["lib/zlib"]                # code of others: analyzed, not reported
//
//   [check.padding]
//   level = "note"
//   min-bytes = 16
//
//   [[known.type]]                        # see gate/configuration/read_known.cpp
//   name = "app::SmallVector"
//   role = "vector"
//
//   [[budget]]
//   types = ["market::Order", "net::*Header"]
//   max-size = 64
//   max-padding = 0
//   max-lines = 1
//   frozen = true
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "known/known.hpp"
#include "model/finding.hpp"
#include "model/layout/rules.hpp"

namespace snug {

/// What a [check.ID] table may hold.
struct KnownCheck {
  std::string id;
  std::vector<std::string> options;
};

/// One [[budget]].
struct BudgetEntry {
  std::vector<std::string> types;  ///< Globs, see type_glob_matches.
  SourceRange where;               ///< The table.
  std::optional<Limit> max_size;   ///< Bytes.
  std::optional<Limit> max_padding;
  std::optional<Limit> max_lines;
  std::optional<SourceRange> frozen;
};

struct Configuration {
  std::string file;    ///< Absolute path; empty: there is no configuration.
  std::string checks;  ///< A list as --checks takes it; empty: not set.
  SourceRange checks_at;
  std::optional<Level> level;
  std::optional<std::string> fail_on;  ///< "note", "warning" or "never".
  std::vector<std::string> excludes;
  /// Globs of the headers whose types other binaries know. Not set: those that the project offers.
  std::optional<std::vector<std::string>> public_headers;
  /// Folders and files that are code of others; nothing: told by their usual names.
  std::optional<std::vector<std::string>> bundled;
  OwnRows known;  ///< Own types and functions; thread-entries are among them.
  std::map<std::string, std::uint64_t, std::less<>> options;  ///< "check.option" to its value.
  std::map<std::string, Level, std::less<>> levels;           ///< Check to the level it reports at.
  std::vector<BudgetEntry> budgets;

  /// The folder that its globs are relative to, without a slash at the end.
  [[nodiscard]] std::string folder() const;
};

/// Reads the text of a configuration. `file` is its absolute path. Throws Error with
/// file:line:column, what is wrong and, for a misspelt word, the one that was probably meant.
[[nodiscard]] Configuration read_configuration(std::string_view text, const std::string& file,
                                               const std::vector<KnownCheck>& checks);

/// "file:line:column"
[[nodiscard]] std::string place_text(const SourceRange& where);

}  // namespace snug
