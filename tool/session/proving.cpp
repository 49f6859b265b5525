#include "session/proving.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/files.hpp"
#include "fix/editable.hpp"
#include "fix/stale_edits.hpp"
#include "model/scanned_text.hpp"
#include "report/paths.hpp"
#include "scan/proof/prove.hpp"

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

namespace {

ProofJob job_of(const ProofBatch& batch) {
  return {batch.unit, batch.edits, batch.record_ids};
}

ProofAnswers read_answers(const ProofPlan& plan, const std::string& root) {
  ProofAnswers answers;
  for (const std::string& path : plan.answers) {
    read_answers(read_file(path), path, root, answers);
  }
  return answers;
}

ProofOptions proof_options(const ProofPlan& plan) {
  ProofOptions proof;
  proof.units_per_fix = plan.units == all_units ? 0 : plan.units;
  return proof;
}

/// What the compiler says if every fix keeps its promise.
class ExpectedAnswers {
 public:
  explicit ExpectedAnswers(const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
      for (const SuggestedFix& fix : finding.fixes) {
        for (const TextEdit& edit : fix.edits) fixes_[place_of(edit)].insert(&fix);
      }
    }
  }

  [[nodiscard]] ProofAnswer of(const ProofBatch& batch) const {
    ProofAnswer answer;
    std::set<const SuggestedFix*> fixes;
    for (const TextEdit& edit : batch.edits) {
      const auto known = fixes_.find(place_of(edit));
      if (known != fixes_.end()) fixes.insert(known->second.begin(), known->second.end());
    }
    std::map<std::string, SizeChange> sizes;
    for (const SuggestedFix* fix : fixes) {
      const bool whole = std::all_of(fix->edits.begin(), fix->edits.end(), [&](const auto& edit) {
        return std::find(batch.edits.begin(), batch.edits.end(), edit) != batch.edits.end();
      });
      if (!whole) continue;
      for (const SizeChange& size : fix->promise.sizes) sizes.emplace(size.record_id, size);
    }
    for (auto& [id, size] : sizes) answer.sizes.push_back(std::move(size));
    return answer;
  }

 private:
  using EditPlace = std::tuple<std::string, std::uint64_t, std::uint64_t>;
  static EditPlace place_of(const TextEdit& edit) { return {edit.file, edit.begin, edit.end}; }
  std::map<EditPlace, std::set<const SuggestedFix*>> fixes_;
};

}  // namespace

RunBatches batch_runner(const Model& model, const ScanOptions& options, Keeper* keeper,
                        const ProofAnswers* known) {
  return [&model, &options, keeper, known](const std::vector<ProofBatch>& batches) {
    std::vector<ProofAnswer> answers(batches.size());
    std::vector<ProofJob> jobs;
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < batches.size(); ++i) {
      ProofJob job = job_of(batches[i]);
      if (known != nullptr && !known->empty()) {
        const auto answer = known->find(proof_key(job, model, options.root));
        if (answer != known->end()) {
          answers[i] = answer->second;
          continue;
        }
      }
      jobs.push_back(std::move(job));
      open.push_back(i);
    }
    std::vector<ProofAnswer> fresh = run_proofs(jobs, model, options, keeper);
    for (std::size_t i = 0; i < open.size(); ++i) answers[open[i]] = std::move(fresh[i]);
    return answers;
  };
}

std::vector<ProofJob> planned_jobs(const std::vector<Finding>& findings, const Model& model,
                                   const ScanOptions& options, const ProofPlan& plan) {
  if (plan.units == 0) return {};
  std::vector<Finding> tried = findings;
  refuse_edits(tried, changed_files(tried, model, *options.files));
  const ProofAnswers known = read_answers(plan, options.root);
  const ExpectedAnswers expected(tried);
  std::map<std::string, ProofJob> jobs;
  (void)prove_fixes(tried, model, proof_options(plan), [&](const std::vector<ProofBatch>& batches) {
    std::vector<ProofAnswer> answers;
    for (const ProofBatch& batch : batches) {
      ProofJob job = job_of(batch);
      std::string key = proof_key(job, model, options.root);
      const auto answer = known.find(key);
      answers.push_back(answer != known.end() ? answer->second : expected.of(batch));
      if (answer == known.end()) jobs.emplace(std::move(key), std::move(job));
    }
    return answers;
  });
  std::vector<ProofJob> list;
  for (auto& [key, job] : jobs) list.push_back(std::move(job));
  return list;
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
  const ProofAnswers known = read_answers(plan, options.root);
  refuse_edits(findings, changed_files(findings, model, files));
  const std::vector<Finding> tried = findings;
  result.run = prove_fixes(std::move(findings), model, proof_options(plan),
                           batch_runner(model, options, keeper, &known));
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
