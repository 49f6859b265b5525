#include "fix/plan_proofs.hpp"

#include <algorithm>
#include <compare>
#include <cstdint>
#include <iterator>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace snug {
namespace {

/// Units that gave no answer are replaced by others.
std::size_t units_asked(const Candidate& candidate, const ProofOptions& options) {
  const auto mute = units_with(candidate, Verdict::Lost) + units_with(candidate, Verdict::Unusable);
  const auto all = candidate.units.size() - std::min(mute, candidate.units.size());
  return options.units_per_fix == 0 ? all : std::min<std::size_t>(all, options.units_per_fix);
}

/// What a batch holds, so that a candidate is compared with all of it at once.
class BatchContents {
 public:
  /// True if the fix can be tried in one parse with all that were added: its edits touch none of
  /// theirs, and the sizes that come out can be told apart. O(n log m) for the n records, holders
  /// and edits of the candidate.
  [[nodiscard]] bool takes(const Candidate& candidate, std::span<const TextEdit> edits,
                           const Containment& holders, Mixing mixing) const {
    for (const auto& id : candidate.record_ids) {
      if (above_.contains(id)) return false;  // Records are above themselves.
      for (const auto& holder : holders.holders(id)) {
        const bool met = mixing == Mixing::NoSharedHolder && above_.contains(holder);
        if (met || ids_.contains(holder)) return false;
      }
    }
    return std::none_of(edits.begin(), edits.end(),
                        [&](const TextEdit& edit) { return touches(edit); });
  }

  void add(const Candidate& candidate, std::span<const TextEdit> edits,
           const Containment& holders) {
    for (const auto& id : candidate.record_ids) {
      ids_.insert(id);
      const auto& above = holders.holders(id);
      above_.insert(above.begin(), above.end());
    }
    for (const TextEdit& edit : edits) {
      auto& end = edits_[edit.file][edit.begin];
      end = std::max(end, edit.end);
      longest_ = std::max(longest_, edit.end - edit.begin);
    }
  }

 private:
  [[nodiscard]] bool touches(const TextEdit& edit) const {
    const auto file = edits_.find(edit.file);
    if (file == edits_.end()) return false;
    const std::uint64_t from = edit.begin > longest_ ? edit.begin - longest_ : 0;
    for (auto at = file->second.lower_bound(from); at != file->second.end(); ++at) {
      if (at->first > edit.end) return false;
      if (at->second >= edit.begin) return true;
    }
    return false;
  }

  std::set<std::string> ids_;
  std::set<std::string> above_;  ///< The records that hold one of them, themselves included.
  std::map<std::string, std::map<std::uint64_t, std::uint64_t>> edits_;  ///< Ends by begin.
  std::uint64_t longest_ = 0;
};

class Planner {
 public:
  Planner(std::span<const Candidate> candidates, std::span<const Finding> findings,
          const Containment& holders, const ProofOptions& options, Mixing mixing, Ranking ranking)
      : candidates_(candidates), findings_(findings), holders_(holders), mixing_(mixing) {
    for (const auto& candidate : candidates) {
      const bool open = candidate.rejection.empty() && !is_decided(candidate, options);
      const auto tried =
          units_with(candidate, Verdict::Holds) + units_with(candidate, Verdict::Unsettled);
      const auto asked = units_asked(candidate, options);
      missing_.push_back(open && asked > tried ? asked - tried : 0);
    }
    rank(ranking);
  }

  std::vector<PlannedBatch> run() {
    place_where_most_is_told();
    cover();
    std::vector<PlannedBatch> plan;
    plan.reserve(batches_.size());
    for (auto& [unit, members] : batches_) {
      plan.push_back(make_batch(unit, std::move(members), candidates_, findings_));
    }
    return plan;
  }

 private:
  /// Of equal ones the finding that saves most comes first.
  void rank(Ranking ranking) {
    order_.resize(candidates_.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    if (ranking == Ranking::AsListed) return;
    const auto nested = nested_with();
    const auto key = [&](std::size_t i) {
      const auto count = static_cast<std::int64_t>(nested[i]);
      return std::tuple(ranking == Ranking::FewestNested ? count : -count,
                        -findings_[candidates_[i].finding].bytes_saved, i);
    };
    std::sort(order_.begin(), order_.end(),
              [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  }

  /// For each candidate: with how many that still wait it cannot share a batch for nesting.
  [[nodiscard]] std::vector<std::size_t> nested_with() const {
    std::multimap<std::string, std::size_t> by_record;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (missing_[i] == 0) continue;
      for (const auto& id : candidates_[i].record_ids) by_record.emplace(id, i);
    }
    std::vector<std::size_t> nested(candidates_.size());
    for (const auto& [id, i] : by_record) {
      for (const auto& holder : holders_.holders(id)) {
        const auto [from, to] = by_record.equal_range(holder);
        for (auto at = from; at != to; ++at) {
          if (at->second == i) continue;
          ++nested[i];
          ++nested[at->second];
        }
      }
    }
    return nested;
  }

  [[nodiscard]] bool fits(std::size_t index, std::uint32_t unit) const {
    if (members_.contains({unit, index})) return false;
    const auto batch = contents_.find(unit);
    return batch == contents_.end() ||
           batch->second.takes(candidates_[index], edits_of(index), holders_, mixing_);
  }

  [[nodiscard]] std::span<const TextEdit> edits_of(std::size_t index) const {
    return findings_[candidates_[index].finding].fixes[candidates_[index].fix].edits;
  }

  bool place(std::size_t index, std::uint32_t unit) {
    if (!fits(index, unit)) return false;
    batches_[unit].push_back(index);
    members_.emplace(unit, index);
    contents_[unit].add(candidates_[index], edits_of(index), holders_);
    return true;
  }

  /// The unit with the most to say about each candidate, if it has not been asked.
  void place_where_most_is_told() {
    for (const auto i : order_) {
      const auto best = candidates_[i].telling;
      if (missing_[i] == 0 || !best || candidates_[i].verdicts.contains(*best)) continue;
      if (place(i, *best)) --missing_[i];
    }
  }

  /// Greedy set cover of what is still missing.
  void cover() {
    for (;;) {
      std::map<std::uint32_t, std::size_t> gain;
      for (std::size_t i = 0; i < candidates_.size(); ++i) {
        if (missing_[i] == 0) continue;
        for (const auto& [unit, records] : candidates_[i].seen) {
          if (!candidates_[i].verdicts.contains(unit) && fits(i, unit)) gain[unit] += records;
        }
      }
      const auto best = std::max_element(gain.begin(), gain.end(), [&](auto& a, auto& b) {
        return std::pair(a.second, batches_.contains(a.first)) <
               std::pair(b.second, batches_.contains(b.first));
      });
      if (best == gain.end()) return;
      fill(best->first);
    }
  }

  void fill(std::uint32_t unit) {
    for (const auto i : order_) {
      const auto& units = candidates_[i].units;
      if (missing_[i] == 0 || candidates_[i].verdicts.contains(unit)) continue;
      if (!std::binary_search(units.begin(), units.end(), unit)) continue;
      if (place(i, unit)) --missing_[i];
    }
  }

  std::span<const Candidate> candidates_;
  std::span<const Finding> findings_;
  const Containment& holders_;
  Mixing mixing_;
  std::vector<std::size_t> order_;    ///< In which the candidates are placed.
  std::vector<std::size_t> missing_;  ///< Units that each candidate still asks for.
  std::map<std::uint32_t, std::vector<std::size_t>> batches_;
  std::set<std::pair<std::uint32_t, std::size_t>> members_;
  std::map<std::uint32_t, BatchContents> contents_;
};

}  // namespace

PlannedBatch make_batch(std::uint32_t unit, std::vector<std::size_t> members,
                        std::span<const Candidate> candidates, std::span<const Finding> findings) {
  PlannedBatch planned;
  std::sort(members.begin(), members.end());
  planned.batch.unit = unit;
  for (const auto index : members) {
    const auto& candidate = candidates[index];
    const auto& edits = findings[candidate.finding].fixes[candidate.fix].edits;
    std::copy(edits.begin(), edits.end(), std::back_inserter(planned.batch.edits));
    std::copy(candidate.record_ids.begin(), candidate.record_ids.end(),
              std::back_inserter(planned.batch.record_ids));
  }
  std::sort(planned.batch.edits.begin(), planned.batch.edits.end());
  std::sort(planned.batch.record_ids.begin(), planned.batch.record_ids.end());
  planned.candidates = std::move(members);
  return planned;
}

bool is_decided(const Candidate& candidate, const ProofOptions& options) {
  if (!candidate.rejection.empty() || candidate.units.empty()) return true;
  if (units_with(candidate, Verdict::Unsettled) > 0) return false;
  const auto held = units_with(candidate, Verdict::Holds);
  if (options.units_per_fix == 0) return held == units_asked(candidate, options);
  const bool told = !candidate.telling || candidate.verdicts.contains(*candidate.telling);
  return held >= units_asked(candidate, options) || (held > 0 && told);
}

std::vector<PlannedBatch> plan_proofs(std::span<const Candidate> candidates,
                                      std::span<const Finding> findings, const Containment& holders,
                                      const ProofOptions& options, Mixing mixing, Ranking ranking) {
  return Planner(candidates, findings, holders, options, mixing, ranking).run();
}

namespace {

/// Candidates that nobody has rejected and no unit has been asked about.
struct NeverTried {
  std::size_t count = 0;
  std::int64_t bytes_saved = 0;  ///< That they would save.
  auto operator<=>(const NeverTried&) const = default;
};

NeverTried never_tried(std::span<const Candidate> candidates, std::span<const Finding> findings) {
  NeverTried left;
  for (const auto& candidate : candidates) {
    const bool waits = candidate.rejection.empty() && candidate.verdicts.empty();
    if (!waits || candidate.units.empty()) continue;
    ++left.count;
    left.bytes_saved += findings[candidate.finding].bytes_saved;
  }
  return left;
}

/// As if every unit had said yes to everything.
void accept(const std::vector<PlannedBatch>& plan, std::vector<Candidate>& candidates) {
  for (const auto& planned : plan) {
    for (const auto index : planned.candidates) {
      candidates[index].verdicts[planned.batch.unit] = Verdict::Holds;
    }
  }
}

}  // namespace

std::vector<PlannedBatch> plan_round(std::span<const Candidate> candidates,
                                     std::span<const Finding> findings, const Containment& holders,
                                     const ProofOptions& options, std::uint32_t rounds_left) {
  struct Way {
    Mixing mixing;
    Ranking ranking;
  };
  // The first way tells the causes of all sizes apart, so that it wins where it is no worse.
  const auto usual = rounds_left == 0 ? Mixing::NoNesting : Mixing::NoSharedHolder;
  const Way ways[] = {{usual, Ranking::AsListed},
                      {usual, Ranking::MostNested},
                      {usual, Ranking::FewestNested},
                      {Mixing::NoNesting, Ranking::FewestNested}};
  std::optional<std::vector<PlannedBatch>> best;
  NeverTried fewest;
  for (const auto& way : ways) {
    auto plan = plan_proofs(candidates, findings, holders, options, way.mixing, way.ranking);
    std::vector<Candidate> after(candidates.begin(), candidates.end());
    accept(plan, after);
    for (auto left = rounds_left; left > 0 && never_tried(after, findings).count > 0; --left) {
      const auto next =
          plan_proofs(after, findings, holders, options, Mixing::NoNesting, Ranking::FewestNested);
      accept(next, after);
    }
    const auto untried = never_tried(after, findings);
    if (best && untried >= fewest) continue;
    best = std::move(plan);
    fewest = untried;
    if (untried.count == 0) break;
  }
  return std::move(*best);
}

}  // namespace snug
