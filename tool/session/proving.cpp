#include "session/proving.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/files.hpp"
#include "fix/editable.hpp"
#include "fix/stale_edits.hpp"
#include "model/scanned_text.hpp"
#include "report/paths.hpp"
#include "scan/prove.hpp"

namespace snug {
namespace {

void refuse(SuggestedFix& fix, std::string reason) {
  fix.safety = Safety::Refused;
  fix.reasons = {std::move(reason)};
  fix.edits.clear();
  fix.by_hand.clear();
  fix.promise.order.clear();
  fix.proof.reset();
}

/// What was not compiled is not shown: of each finding the best fix stays, with its bytes alone.
void refuse_all(std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    const auto best =
        std::find_if(finding.fixes.begin(), finding.fixes.end(), [](const SuggestedFix& fix) {
          return fix.safety != Safety::Refused && !fix.edits.empty();
        });
    if (best == finding.fixes.end()) continue;
    SuggestedFix kept = std::move(*best);
    refuse(kept, "no edit: nothing was compiled (--prove 0)");
    speak_for(kept, finding);
    std::erase_if(finding.fixes,
                  [](const SuggestedFix& fix) { return fix.safety != Safety::Refused; });
    finding.fixes.insert(finding.fixes.begin(), std::move(kept));
  }
}

/// A size that the compiler contradicts is an error of this program only if the unit still reads
/// what it read in the scan. Else the finding stays.
void keep_changed(ProofRun& run, const Model& model, const Files& files) {
  std::vector<std::string> paths;
  for (const auto& [path, hash] : model.file_hashes) paths.push_back(path);
  const auto changed = [&](const Contradiction& wrong) -> const std::string* {
    for (const std::uint32_t file : model.units[wrong.unit].files) {
      if (!is_as_scanned(model, paths[file], files.read(paths[file]))) return &paths[file];
    }
    return nullptr;
  };
  std::erase_if(run.contradicted, [&](Contradiction& wrong) {
    const std::string* file = changed(wrong);
    if (file == nullptr) return false;
    Finding kept = std::move(wrong.finding);
    kept.fixes.resize(1);
    refuse(kept.fixes.front(), "no edit: " + changed_since_scan(*file));
    speak_for(kept.fixes.front(), kept);
    run.findings.push_back(std::move(kept));
    return true;
  });
  std::stable_sort(run.findings.begin(), run.findings.end(), report_before);
}

void shorten_paths(std::string& text, const std::string& folder) {
  for (std::size_t at = 0; (at = text.find(folder, at)) != std::string::npos;) {
    const bool begins = at == 0 || text[at - 1] == ' ' || text[at - 1] == '(';
    if (begins) {
      text.erase(at, folder.size());
    } else {
      at += folder.size();
    }
  }
}

void shorten_reasons(std::vector<Finding>& findings, const std::string& root) {
  if (root.size() < 2) return;
  for (Finding& finding : findings) {
    for (SuggestedFix& fix : finding.fixes) {
      if (fix.safety != Safety::Refused) continue;
      for (std::string& reason : fix.reasons) shorten_paths(reason, root + "/");
    }
  }
}

}  // namespace

void tell_proof_problems(const Proven& proven, const Project& project, Events& events) {
  const auto shown = [&](const std::string& file) {
    return relative_path(file, project.current_folder);
  };
  for (const std::string& file : proven.changed_files) {
    events.tell(
        fmt::format("{} changed since it was scanned: its fixes are left out and places in it may "
                    "be off; run again",
                    file));
  }
  for (const MuteUnit& unit : proven.run.mute_units) {
    events.tell(
        fmt::format("{} does not compile here, even without an edit, so no fix was tried in it: {}",
                    shown(unit.file), unit.error));
  }
  for (const Contradiction& wrong : proven.run.contradicted) {
    std::string reason = wrong.reason;
    shorten_paths(reason, project.scan.root + "/");
    events.tell(
        fmt::format("an error in snug: {}:{}: the compiler contradicts a computed size ({}); the "
                    "finding is left out, please report it",
                    shown(wrong.finding.where.file), wrong.finding.where.line, reason));
  }
}

RunBatches batch_runner(const Model& model, const ScanOptions& options, Keeper* keeper) {
  return [&model, &options, keeper](const std::vector<ProofBatch>& batches) {
    std::vector<ProofJob> jobs;
    jobs.reserve(batches.size());
    for (const ProofBatch& batch : batches) {
      jobs.push_back({batch.unit, batch.edits, batch.record_ids});
    }
    return run_proofs(jobs, model, options, keeper);
  };
}

Proven prove(std::vector<Finding> findings, const Model& model, const ScanOptions& options,
             const ProofPlan& plan, Keeper* keeper) {
  const Files& files = *options.files;
  Proven result;
  if (plan.units == 0) {
    result.changed_files = changed_files(findings, model, files);
    refuse_edits(findings, result.changed_files);
    refuse_generated(findings, files);
    refuse_all(findings);
    result.run.findings = std::move(findings);
    return result;
  }
  ProofOptions proof;
  proof.units_per_fix = plan.units == all_units ? 0 : plan.units;
  refuse_edits(findings, changed_files(findings, model, files));
  const std::vector<Finding> tried = findings;
  result.run = prove_fixes(std::move(findings), model, proof, batch_runner(model, options, keeper));
  keep_changed(result.run, model, files);
  // A proof takes as long as a scan: files may have been saved meanwhile.
  result.changed_files = changed_files(tried, model, files);
  refuse_proven(result.run.findings, tried, result.changed_files);
  drop_stale_sizes(result.run.findings, model, files);
  refuse_generated(result.run.findings, files);
  shorten_reasons(result.run.findings, options.root);
  return result;
}

}  // namespace snug
