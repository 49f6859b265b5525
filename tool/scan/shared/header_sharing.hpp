// Standard headers are read once for many units.
//
// Most of what a C++ unit costs is the standard library, again in each unit. Units with the same
// flags that include the same standard headers are parsed behind a compiled form of these. Their
// models are the same: the front end's record of what a unit includes and uses is compared with
// rules (sharing_gate.hpp), and where one is broken the unit is parsed plainly. As rules may be
// incomplete, some units of each plan are read both ways, before the others; where the models
// differ the plan is given up, and that is told.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/temporary_folder.hpp"
#include "scan/command/driver.hpp"
#include "scan/parse/scan.hpp"
#include "scan/parse/unit_inputs.hpp"

namespace snug {

class HeaderFacts;

/// How units were read, for people.
struct SharingReport {
  std::size_t plain = 0;    ///< Units that were parsed without shared headers ...
  std::size_t shared = 0;   ///< ... behind them ...
  std::size_t audited = 0;  ///< ... and both ways.
  std::map<std::string, std::size_t> refusals;  ///< Rules against it, and how many units each.
  std::vector<std::string> differences;         ///< Units whose models were not the same.
};

/// Scans one unit behind shared headers. Nothing, and the rule, if it has to be parsed plainly.
[[nodiscard]] std::optional<Model> scan_unit_behind(const HeaderFacts& headers,
                                                    const FrontEndCommand& command,
                                                    const ScanOptions& options, UnitInputs* inputs,
                                                    LeftStanding* standing, std::string& refusal);

/// The shared headers of one run.
class HeaderSharing {
 public:
  /// Plans and compiles, in workers. REQUIRES: the arguments outlive it; `places` are those of the
  /// units that have to be parsed. What is compiled is removed with this object.
  HeaderSharing(const std::vector<FrontEndCommand>& commands,
                const std::vector<std::size_t>& places, const ScanOptions& options);
  HeaderSharing(const HeaderSharing&) = delete;
  HeaderSharing& operator=(const HeaderSharing&) = delete;
  ~HeaderSharing();

  /// The units that have to be read before the others, one list after the other.
  [[nodiscard]] const std::vector<std::size_t>& first() const { return first_; }

  /// In a worker: the model's bytes. What came of sharing is told by the outcome.
  [[nodiscard]] std::string scan(std::size_t place, UnitInputs* inputs, LeftStanding& standing,
                                 std::string& outcome) const;
  /// In the parent: what a worker told. REQUIRES: the units of first() are done before others are
  /// given to workers.
  void note(std::size_t place, std::string_view outcome);

  /// In the parent: a worker ended on the unit. True if it was read behind shared headers, which
  /// may be to blame: from now on it is read plainly.
  [[nodiscard]] bool avoid(std::size_t place);

  [[nodiscard]] const SharingReport& report() const { return report_; }

 private:
  struct Plan;
  void compile(const std::vector<std::size_t>& places);

  const std::vector<FrontEndCommand>& commands_;
  const ScanOptions& options_;
  std::optional<TemporaryFolder> folder_;  ///< Of the compiled forms.
  std::vector<std::unique_ptr<Plan>> plans_;
  std::map<std::size_t, Plan*> plan_of_;  ///< By the place of a unit.
  std::vector<std::size_t> first_;
  SharingReport report_;
};

}  // namespace snug
