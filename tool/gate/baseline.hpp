// A baseline: the findings that a project knows and lives with, and the layouts of its frozen
// records. One entry a line, sorted, without places: it changes only when a finding comes or goes,
// and two branches merge line by line.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

/// Findings that have one fingerprint.
struct KnownFinding {
  std::string fingerprint;
  std::string check;
  Level level = Level::Warning;
  std::string subject;      ///< For people: qualified name and fields.
  std::uint64_t count = 1;  ///< That many of them are known, at least 1.
};

/// The layout of a frozen record, by its qualified name.
struct FrozenLayout {
  std::string name;
  AgreedLayout layout;
};

struct Baseline {
  std::string target;                  ///< Triple; layouts differ from one to another.
  std::vector<KnownFinding> findings;  ///< Sorted by check, subject and fingerprint.
  std::vector<FrozenLayout> frozen;    ///< Sorted by name.
};

/// The baseline of a run. `fingerprints` has one for each finding.
[[nodiscard]] Baseline baseline_of(const Model& model, std::span<const Finding> findings,
                                   std::span<const std::string> fingerprints);

/// JSON, snug-baseline/1.
[[nodiscard]] std::string to_text(const Baseline& baseline);

/// Reads what to_text wrote. Throws Error with `name` and the place of what is wrong.
[[nodiscard]] Baseline read_baseline(std::string_view text, const std::string& name);

/// Gives frozen records the layouts that the baseline has for them.
void agree(const Model& model, const Baseline& baseline, Rules& rules);

/// Sets the state of each finding: of those with one fingerprint as many are known as the baseline
/// counts, the first ones. Comes back: what the baseline knows and nobody found, with the number of
/// those that are gone.
[[nodiscard]] std::vector<KnownFinding> compare(const Baseline& baseline,
                                                std::span<const std::string> fingerprints,
                                                std::vector<Finding>& findings);

/// The frozen records of the baseline that no frozen record of the model has the name of.
[[nodiscard]] std::vector<std::string> vanished_frozen(const Baseline& baseline,
                                                       const Model& model);

}  // namespace snug
