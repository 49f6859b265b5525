#include "fix/prove_fixes.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <tuple>

#include "base/error.hpp"
#include "fix/apply_answers.hpp"
#include "fix/candidates.hpp"
#include "fix/plan_proofs.hpp"

namespace snug {
namespace {

bool can_be_tried(const SuggestedFix& fix) {
  return fix.safety != Safety::Refused && !fix.edits.empty();
}

/// Bytes that the compiler saved on a record; for a template the instantiation that gains most.
std::int64_t saved(const SizeChange& size) {
  return static_cast<std::int64_t>(size.before) - static_cast<std::int64_t>(size.after);
}

constexpr const char* not_tried =
    "not tried: its units were needed for fixes of records that it holds or lies in; --prove all "
    "tries every fix";

class Prover {
 public:
  Prover(std::vector<Finding> findings, const Model& model, const ProofOptions& options,
         const RunBatches& run)
      : findings_(std::move(findings)),
        model_(model),
        options_(options),
        run_(run),
        holders_(model) {}

  ProofRun prove() {
    for (std::size_t i = 0; i < findings_.size(); ++i) start(i, 0);
    for (std::uint32_t round = 1; more_rounds(round); ++round) {
      const auto plan =
          options_.units_per_fix == 0
              ? plan_proofs(candidates_, findings_, holders_, options_, Mixing::NoSharedHolder)
              : plan_round(candidates_, findings_, holders_, options_, options_.rounds - round);
      if (plan.empty()) break;
      run_round(plan);
      for (auto& candidate : candidates_) next_fix(candidate);
    }
    return finish();
  }

 private:
  [[nodiscard]] bool more_rounds(std::uint32_t round) const {
    return options_.units_per_fix == 0 || round <= options_.rounds;
  }

  /// Makes the first fix of the finding from `fix` on that can be tried its candidate.
  std::optional<Candidate> candidate_from(std::size_t finding, std::size_t fix) const {
    const auto& fixes = findings_[finding].fixes;
    while (fix < fixes.size() && !can_be_tried(fixes[fix])) ++fix;
    if (fix == fixes.size()) return std::nullopt;
    return make_candidate(finding, fix, findings_, model_, holders_);
  }

  void start(std::size_t finding, std::size_t fix) {
    if (auto candidate = candidate_from(finding, fix)) candidates_.push_back(std::move(*candidate));
  }

  void run_round(const std::vector<PlannedBatch>& plan) {
    std::vector<ProofBatch> batches;
    batches.reserve(plan.size());
    for (const auto& planned : plan) batches.push_back(planned.batch);
    const auto answers = run_(batches);
    if (answers.size() != batches.size()) throw Error("a proof was lost: answers are missing");
    for (const auto& answer : answers) result_.reparses += answer.parses;
    for (std::size_t i = 0; i < plan.size(); ++i) {
      apply_answer(plan[i], answers[i], candidates_, findings_, model_, holders_);
    }
  }

  /// A candidate that was rejected makes room for the finding's next fix.
  void next_fix(Candidate& candidate) {
    if (candidate.rejection.empty()) return;
    if (auto next = candidate_from(candidate.finding, candidate.fix + 1)) {
      drop(candidate, candidate.rejection);
      candidate = std::move(*next);
    }
  }

  void drop(const Candidate& candidate, const std::string& reason) {
    const auto& fix = findings_[candidate.finding].fixes[candidate.fix];
    drops_.push_back({candidate.finding,
                      candidate.fix,
                      {record_name(candidate), fix.title, reason, reason != not_tried}});
  }

  [[nodiscard]] std::string record_name(const Candidate& candidate) const {
    const auto* record = model_.find(findings_[candidate.finding].record_id);
    if (record != nullptr) return record->name;
    const auto& sizes = findings_[candidate.finding].fixes[candidate.fix].promise.sizes;
    return sizes.empty() ? findings_[candidate.finding].subject : sizes.front().record;
  }

  /// Why the candidate is not proven after all rounds, or nothing if it is.
  [[nodiscard]] std::string verdict(const Candidate& candidate) const {
    if (!candidate.rejection.empty()) return candidate.rejection;
    if (candidate.units.empty()) return "no unit that could be read sees it";
    const auto held = units_with(candidate, Verdict::Holds);
    for (const auto& [unit, verdict] : candidate.verdicts) {
      const bool open = verdict == Verdict::Unsettled || (verdict == Verdict::Lost && held == 0);
      if (open) return candidate.unsettled_reason;
    }
    if (held == 0) return not_tried;
    if (options_.units_per_fix == 0 && held < candidate.units.size()) {
      return fmt::format("tried in {} of {} units only", held, candidate.units.size());
    }
    const auto& promised = findings_[candidate.finding].fixes[candidate.fix].promise.sizes;
    if (!promised.empty() && main_size(candidate) == nullptr) {
      return "none of its units sees a size that was promised";
    }
    return "";
  }

  [[nodiscard]] const SizeChange* main_size(const Candidate& candidate) const {
    const SizeChange* main = nullptr;
    for (const auto& promised : findings_[candidate.finding].fixes[candidate.fix].promise.sizes) {
      const auto told = candidate.sizes.find(promised.record_id);
      if (told == candidate.sizes.end()) continue;
      if (main == nullptr || saved(told->second) > saved(*main)) main = &told->second;
    }
    return main;
  }

  [[nodiscard]] Proof make_proof(const Candidate& candidate) const {
    const SizeChange* main = main_size(candidate);
    const std::string& own =
        main != nullptr ? main->record_id : findings_[candidate.finding].record_id;
    Proof proof;
    proof.verified = true;
    proof.units_proven = static_cast<std::uint32_t>(units_with(candidate, Verdict::Holds));
    proof.units_using = static_cast<std::uint32_t>(candidate.units.size());
    if (main != nullptr) {
      proof.size_before = main->before;
      proof.size_after = main->after;
    } else if (const Record* record = model_.find(own)) {
      // No size is promised: the record keeps its own, or the compiler told the new one.
      const auto told = candidate.sizes.find(own);
      proof.size_before = record->size;
      proof.size_after = told == candidate.sizes.end() ? record->size : told->second.after;
    }
    for (const auto& [id, size] : candidate.sizes) {
      if (id != own && size.before != size.after) proof.knock_on.push_back(size);
    }
    std::sort(proof.knock_on.begin(), proof.knock_on.end(),
              [](const SizeChange& a, const SizeChange& b) {
                return std::tie(a.record, a.record_id) < std::tie(b.record, b.record_id);
              });
    return proof;
  }

  /// The proven fix first, then the refused ones; the others fall away.
  void keep(const Candidate& candidate) {
    auto& finding = findings_[candidate.finding];
    auto winner = finding.fixes[candidate.fix];
    winner.proof = make_proof(candidate);
    speak_for(winner, finding);
    std::erase_if(finding.fixes, [](const auto& fix) { return fix.safety != Safety::Refused; });
    finding.fixes.insert(finding.fixes.begin(), std::move(winner));
  }

  ProofRun finish() {
    std::vector<bool> gone(findings_.size());
    for (const auto& candidate : candidates_) {
      const auto why = verdict(candidate);
      if (why.empty()) {
        keep(candidate);
        continue;
      }
      drop(candidate, why);
      auto& finding = findings_[candidate.finding];
      gone[candidate.finding] = finding.needs_proof;
      std::erase_if(finding.fixes, can_be_tried);
    }
    for (std::size_t i = 0; i < findings_.size(); ++i) {
      if (!gone[i]) result_.findings.push_back(std::move(findings_[i]));
    }
    std::sort(drops_.begin(), drops_.end(), [](const Drop& a, const Drop& b) {
      return std::tie(a.finding, a.fix) < std::tie(b.finding, b.fix);
    });
    for (auto& dropped : drops_) result_.dropped.push_back(std::move(dropped.what));
    return std::move(result_);
  }

  struct Drop {
    std::size_t finding;
    std::size_t fix;
    DroppedFix what;
  };

  std::vector<Finding> findings_;
  const Model& model_;
  const ProofOptions& options_;
  const RunBatches& run_;
  Containment holders_;
  std::vector<Candidate> candidates_;
  std::vector<Drop> drops_;
  ProofRun result_;
};

}  // namespace

ProofRun prove_fixes(std::vector<Finding> findings, const Model& model, const ProofOptions& options,
                     const RunBatches& run) {
  return Prover(std::move(findings), model, options, run).prove();
}

}  // namespace snug
