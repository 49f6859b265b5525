// One run: what it reads, what it finds, what the compiler says about it. All that it needs from
// outside is passed in, so that the command line, an editor and tests own runs in the same way.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/check.hpp"
#include "base/files.hpp"
#include "base/process.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"
#include "scan/command/driver.hpp"
#include "scan/shared/header_sharing.hpp"
#include "session/events.hpp"
#include "session/fix_rounds.hpp"
#include "session/gates.hpp"
#include "session/kept_results.hpp"
#include "session/plans.hpp"
#include "session/project.hpp"
#include "session/proving.hpp"

namespace snug {

/// The findings of a run, before their fixes are proven.
struct Checked {
  CheckPlan plan;                    ///< With what the configuration adds.
  std::vector<const Check*> checks;  ///< That were run.
  std::vector<Finding> findings;
  Gates gates;
};

/// What is left to report.
struct Judged {
  Proven proven;
  GateCounts counts;
};

class Session {
 public:
  /// Finds the project. Throws Error if there is none. REQUIRES: what is passed outlives it.
  /// Texts of `files` stand for those of the disk in all that follows.
  Session(ProjectSpec spec, const Files& files, Runner& runner, Events& events);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// What is read. The root and the configuration of parts are known after model().
  [[nodiscard]] const Project& project() const { return project_; }
  [[nodiscard]] const Files& files() const { return *project_.scan.files; }
  /// The commands of the front end; compilers are asked the first time.
  [[nodiscard]] const std::vector<FrontEndCommand>& commands();
  /// A preamble for the scan; see ScanLimits. REQUIRES: nothing was read yet.
  void read_with(HeldUnit* held) { project_.scan.held = held; }
  /// From a scan or from parts, once. Units that fail are in it with their reason.
  [[nodiscard]] const Model& model();
  /// The model as a part (see scan/parts/part_file.hpp).
  [[nodiscard]] std::string part();

  /// Runs the checks and lets their findings pass the gates. Throws Error for a plan with names
  /// that do not exist, before anything is read.
  [[nodiscard]] Checked check(const CheckPlan& plan);
  /// What the padding check finds about every record, from one byte on: for tables and drawings.
  [[nodiscard]] std::vector<Finding> orders(const CheckPlan& plan);
  /// Makes fixes of types `abi` that code outside of the project may know.
  void respect_others(std::vector<Finding>& findings);
  /// Has the compiler try the fixes, then the same.
  [[nodiscard]] Proven prove(std::vector<Finding> findings, const ProofPlan& plan);
  /// The bytes of a plan (see scan/proof/proof_plan.hpp) with the proofs of the findings; `count`
  /// becomes their number.
  [[nodiscard]] std::string plan_proofs(const Checked& checked, const ProofPlan& plan,
                                        std::size_t& count);
  /// Proves the findings of a check, and tells which of them are new.
  [[nodiscard]] Judged judge(Checked& checked, const ProofPlan& plan);
  /// Applies fixes in memory, round after round. Nothing is written.
  [[nodiscard]] FixRun fix(const FixPlan& plan);

  /// How much came from other runs; null where no results are kept.
  [[nodiscard]] const KeptCounts* kept() const { return kept_ ? &kept_->counts() : nullptr; }
  /// Null where no results are shared with other machines.
  [[nodiscard]] const SharedResults* shared() const { return kept_ ? kept_->shared() : nullptr; }
  /// How the units of the last scan were read.
  [[nodiscard]] const SharingReport& sharing() const { return sharing_; }
  /// Of all results that are kept; looks at each entry of the folder.
  [[nodiscard]] std::uint64_t cache_bytes() const { return kept_ ? kept_->bytes() : 0; }

 private:
  [[nodiscard]] Model read(const Files& files, Origins* origins = nullptr);
  [[nodiscard]] Model& own_model();
  [[nodiscard]] Keeper* keeper() { return kept_ ? &*kept_ : nullptr; }
  [[nodiscard]] OrderMemory* orders_memory() { return kept_ ? &*kept_ : nullptr; }

  ProjectSpec spec_;
  Events& events_;
  DriverCache drivers_;  ///< The only one of the run.
  Project project_;
  std::optional<KeptResults> kept_;  ///< Nothing where no results are kept.
  std::optional<std::vector<FrontEndCommand>> commands_;
  std::optional<Model> model_;
  Origins origins_;  ///< Of the model.
  SharingReport sharing_;
};

/// The checks that the list names, less those that need bodies where none are read. Throws Error
/// for a check or an option that does not exist.
[[nodiscard]] std::vector<const Check*> chosen_checks(const CheckPlan& plan, bool layout_only);

}  // namespace snug
