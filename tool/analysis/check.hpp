// A check is a value: id, summary, documentation, options and one function. It holds no state, so
// the command line, an editor and the tests run the same thing.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/holders.hpp"
#include "base/files.hpp"
#include "known/known.hpp"
#include "model/access_profile.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

/// An option of one check, set as `CHECK.OPTION=VALUE`. All options are non-negative numbers.
struct CheckOption {
  std::string_view name;
  std::uint64_t default_value;
  std::string_view summary;  ///< With its unit.
};

/// The values of a check's options for one run.
using OptionValues = std::map<std::string, std::uint64_t, std::less<>>;

struct Check;
class ThreadFacts;  // analysis/threads/thread_facts.hpp
class OrderMemory;  // analysis/orders/order_memory.hpp

/// What a check gets to see and where it reports.
struct Pass {
  const Check& check;
  const Model& model;
  const Files& files;  ///< For source text; the model's ranges refer to it.
  const OptionValues& options;
  const ThreadFacts& threads;  ///< Made when a check asks; the same for all checks of a run.
  const Holders& holders;      ///< How many objects there are; read when a check asks.
  std::vector<Finding>& findings;
  const AccessProfile& profile;   ///< What a run of the program counted; may be empty.
  const KnownNames& known;        ///< Libraries, and what the project says of its own.
  OrderMemory* orders = nullptr;  ///< Answers of other runs; may be null.

  /// The option's value for this run. REQUIRES: the check declares it.
  [[nodiscard]] std::uint64_t option(std::string_view name) const;
  /// Adds a finding; fills in `check`.
  void report(Finding finding);
};

struct Check {
  std::string_view id;       ///< File name with dashes: padding, line-straddle, ...
  std::string_view summary;  ///< One line, lower case, no full stop.
  std::string_view doc;      ///< What, why, when to ignore it, the fix; plain text in paragraphs.
  std::span<const CheckOption> options;
  void (*run)(Pass& pass);
  bool needs_bodies = false;  ///< Not run with --layout-only.
  bool ranked = false;        ///< A profile ranks its findings about records.
  /// What it saves is worth what it is multiplied by: a finding about few objects is a note.
  bool by_value = false;
};

/// Every check of the tool, sorted by id. CMake makes the list from the file names in checks/.
[[nodiscard]] std::span<const Check* const> all_checks();

/// Hears of each check that has run.
using CheckDone = std::function<void(const Check& check)>;

/// Runs the checks one after another. `options` maps "check.option" to a value; absent ones take
/// the default. Findings come back in report order; those of ranked checks carry what the profile
/// counted for their record, also as evidence; those of checks by value say how many objects there
/// are. `known`: with what the project says of its own types and functions. Objects in `tests`
/// count for nothing. `orders`: null, or where searches for orders are kept.
[[nodiscard]] std::vector<Finding> run_checks(
    std::span<const Check* const> checks, const Model& model, const Files& files,
    const OptionValues& options, const AccessProfile& profile = {},
    const KnownNames& known = *KnownNames::built_in(), const TestFiles& tests = {},
    const CheckDone& done = {}, OrderMemory* orders = nullptr);

}  // namespace snug
