#include "fix/prove_fixes.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

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

constexpr const char* not_tried = "skipped: proof budget used up; try --prove all";

/// Rounds beyond the ones of the options, for what has to be asked again.
constexpr std::uint32_t most_more_rounds = 12;

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
      std::vector<unsigned> losses;
      auto plan = take_retries(losses);
      auto fresh = fresh_plan(round);
      plan.insert(plan.end(), std::make_move_iterator(fresh.begin()),
                  std::make_move_iterator(fresh.end()));
      if (plan.empty()) break;
      losses.resize(plan.size(), 0);
      run_round(plan, losses);
      for (auto& candidate : candidates_) next_fix(candidate);
    }
    return finish();
  }

 private:
  [[nodiscard]] bool more_rounds(std::uint32_t round) const {
    if (options_.units_per_fix == 0 || round <= options_.rounds) return true;
    return round <= options_.rounds + most_more_rounds && (!retries_.empty() || some_ask_again());
  }

  /// True if a fix waits whose forerunner was rejected, or whose unit gave no answer.
  [[nodiscard]] bool some_ask_again() const {
    return std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& candidate) {
      return candidate.again && candidate.rejection.empty() && !is_decided(candidate, options_);
    });
  }

  [[nodiscard]] std::vector<PlannedBatch> fresh_plan(std::uint32_t round) const {
    if (options_.units_per_fix == 0) {
      return plan_proofs(candidates_, findings_, holders_, options_, Mixing::NoSharedHolder);
    }
    const auto left = options_.rounds > round ? options_.rounds - round : 0;
    return plan_round(candidates_, findings_, holders_, options_, left);
  }

  /// The batches of the round before that have to be asked again in parts. What was rejected
  /// meanwhile is left out. `losses` gets those of each.
  std::vector<PlannedBatch> take_retries(std::vector<unsigned>& losses) {
    std::vector<PlannedBatch> plan;
    for (auto& retry : std::exchange(retries_, {})) {
      std::erase_if(retry.candidates, [&](std::size_t index) {
        const auto& candidate = candidates_[index];
        const auto verdict = candidate.verdicts.find(retry.unit);
        return !candidate.rejection.empty() || verdict == candidate.verdicts.end() ||
               verdict->second != Verdict::Unsettled;
      });
      if (retry.candidates.empty()) continue;
      plan.push_back(make_batch(retry.unit, std::move(retry.candidates), candidates_, findings_));
      losses.push_back(retry.losses);
    }
    return plan;
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

  void run_round(const std::vector<PlannedBatch>& plan, const std::vector<unsigned>& losses) {
    std::vector<ProofBatch> batches;
    batches.reserve(plan.size());
    for (const auto& planned : plan) batches.push_back(planned.batch);
    const auto answers = run_(batches);
    if (answers.size() != batches.size()) throw Error("a proof was lost: answers are missing");
    result_.batches += answers.size();
    for (const auto& answer : answers) result_.reparses += answer.parses;
    for (std::size_t i = 0; i < plan.size(); ++i) {
      auto again =
          apply_answer(plan[i], losses[i], answers[i], candidates_, findings_, model_, holders_);
      std::move(again.begin(), again.end(), std::back_inserter(retries_));
      if (!answers[i].unusable.empty()) close_unit(plan[i].batch.unit, answers[i].unusable);
    }
  }

  /// A unit that does not compile as it is says nothing about any fix.
  void close_unit(std::uint32_t unit, const std::string& error) {
    if (!closed_.insert(unit).second) return;
    result_.mute_units.push_back({model_.units[unit].file, error});
    for (auto& candidate : candidates_) {
      if (!std::binary_search(candidate.units.begin(), candidate.units.end(), unit)) continue;
      const auto [verdict, fresh] = candidate.verdicts.try_emplace(unit, Verdict::Unusable);
      if (!fresh && verdict->second != Verdict::Unsettled) continue;
      verdict->second = Verdict::Unusable;
      candidate.lost_reason = mute_text(unit, error);
    }
  }

  [[nodiscard]] std::string mute_text(std::uint32_t unit, const std::string& error) const {
    return fmt::format("{} does not compile here without the edits either: {}",
                       model_.units[unit].file, error);
  }

  /// A candidate that was rejected makes room for the finding's next fix.
  void next_fix(Candidate& candidate) {
    if (candidate.rejection.empty()) return;
    auto next = candidate_from(candidate.finding, candidate.fix + 1);
    if (!next) return;
    note_fallen(candidate);
    next->again = true;
    for (const auto unit : closed_) {
      if (std::binary_search(next->units.begin(), next->units.end(), unit)) {
        next->verdicts[unit] = Verdict::Unusable;
      }
    }
    candidate = std::move(*next);
  }

  /// The first fix that fell, though nothing contradicts its sizes, stands for the finding where no
  /// other holds.
  void note_fallen(const Candidate& candidate) {
    drop(candidate, candidate.rejection);
    if (!candidate.contradicted) fallen_.try_emplace(candidate.finding, candidate);
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
    const bool all = options_.units_per_fix == 0;
    const bool mute = held == 0 || (all && held < candidate.units.size());
    if (mute && !candidate.lost_reason.empty()) return candidate.lost_reason;
    if (units_with(candidate, Verdict::Unsettled) > 0) {
      return "it could not be separated from other fixes that do not compile; --prove all tries "
             "on";
    }
    if (held == 0) return not_tried;
    if (all && held < candidate.units.size()) {
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

  /// The finding keeps what was computed, and says why there is no edit.
  void refuse(const Candidate& candidate, const std::string& reason) {
    auto& finding = findings_[candidate.finding];
    auto refused = finding.fixes[candidate.fix];
    refused.safety = Safety::Refused;
    refused.reasons = {"no edit: " + reason};
    refused.edits.clear();
    refused.by_hand.clear();
    refused.promise.order.clear();
    refused.proof.reset();
    speak_for(refused, finding);
    std::erase_if(finding.fixes, can_be_tried);
    finding.fixes.insert(finding.fixes.begin(), std::move(refused));
  }

  /// True if the finding goes: all sizes that were computed for it are wrong.
  bool settle(const Candidate& candidate, const std::string& why) {
    drop(candidate, why);
    const auto fallen = fallen_.find(candidate.finding);
    const bool contradicted = candidate.contradicted && fallen == fallen_.end();
    auto& finding = findings_[candidate.finding];
    if (contradicted && finding.needs_proof) {
      result_.contradicted.push_back({finding, candidate.rejector, candidate.no_edit});
      return true;
    }
    const auto& told = fallen == fallen_.end() ? candidate : fallen->second;
    refuse(told, told.no_edit.empty() ? why : told.no_edit);
    return false;
  }

  ProofRun finish() {
    std::vector<bool> gone(findings_.size());
    for (const auto& candidate : candidates_) {
      const auto why = verdict(candidate);
      if (why.empty()) {
        keep(candidate);
      } else {
        gone[candidate.finding] = settle(candidate, why);
      }
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
  std::vector<Retry> retries_;
  std::set<std::uint32_t> closed_;           ///< Units that do not compile as they are.
  std::map<std::size_t, Candidate> fallen_;  ///< By finding: see note_fallen.
  std::vector<Drop> drops_;
  ProofRun result_;
};

}  // namespace

ProofRun prove_fixes(std::vector<Finding> findings, const Model& model, const ProofOptions& options,
                     const RunBatches& run) {
  return Prover(std::move(findings), model, options, run).prove();
}

}  // namespace snug
