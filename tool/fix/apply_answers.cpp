#include "fix/apply_answers.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace snug {
namespace {

/// True for what the compiler says to a list of values that finds fields by position.
bool is_about_values(const std::string& message) {
  static constexpr std::string_view beginnings[] = {"cannot initialize",
                                                    "excess elements in",
                                                    "no viable conversion",
                                                    "incompatible ",
                                                    "type '",
                                                    "non-constant-expression cannot be narrowed",
                                                    "constant expression evaluates to",
                                                    "no matching constructor for initialization",
                                                    "reference to type",
                                                    "too many initializers"};
  return std::any_of(std::begin(beginnings), std::end(beginnings),
                     [&](std::string_view beginning) { return message.starts_with(beginning); });
}

/// What the finding's reader is told: a reorder mostly fails where values stand by position.
std::string no_edit_text(const ProofDiagnostic& told, const SuggestedFix& fix) {
  const SourceRange& where = told.where;
  if (where.file.empty()) return told.message;
  const auto place = fmt::format("{}:{}", where.file, where.line);
  if (told.error && !fix.promise.order.empty() && is_about_values(told.message)) {
    return fmt::format("{} builds it by position ({})", place, told.message);
  }
  return fmt::format("{}{} at {}", told.error ? "" : "new warning: ", told.message, place);
}

/// After so many batches without an answer the unit is asked no more about those fixes.
constexpr unsigned most_losses = 2;

class Reader {
 public:
  Reader(const PlannedBatch& planned, std::span<Candidate> candidates,
         std::span<const Finding> findings, const Model& model, const Containment& holders)
      : planned_(planned),
        candidates_(candidates),
        findings_(findings),
        model_(model),
        holders_(holders) {}

  std::vector<Retry> run(const ProofAnswer& answer, unsigned losses) {
    if (!answer.unusable.empty()) {
      lose(fmt::format("{} does not compile here without the edits either: {}", unit_file(),
                       answer.unusable),
           Verdict::Unusable);
      return {};
    }
    if (!answer.problem.empty()) return lost(answer.problem, losses);
    for (const auto& size : answer.sizes) told_[size.record_id].push_back(&size);
    if (planned_.candidates.size() > 1) {
      std::set<std::size_t> suspected;
      if (something_is_wrong(answer, suspected)) return part(suspected, 0);
    } else {
      judge(candidates_[planned_.candidates.front()], answer);
    }
    for (const auto index : planned_.candidates) {
      enter_promised(candidates_[index]);
      for (const auto& id : candidates_[index].record_ids) {
        for (const auto& holder : holders_.holders(id)) concerned_[holder].insert(index);
      }
    }
    for (const auto& size : answer.sizes) note_knock_on(size);
    for (const auto index : planned_.candidates) {
      auto& candidate = candidates_[index];
      if (candidate.rejection.empty()) candidate.verdicts[planned_.batch.unit] = Verdict::Holds;
    }
    return {};
  }

 private:
  [[nodiscard]] const std::string& unit_file() const {
    return model_.units[planned_.batch.unit].file;
  }

  [[nodiscard]] static std::string text_of(const ProofDiagnostic& diagnostic) {
    return fmt::format("{}:{}: {}: {}", diagnostic.where.file, diagnostic.where.line,
                       diagnostic.error ? "error" : "new warning", diagnostic.message);
  }

  void lose(const std::string& reason, Verdict verdict) const {
    for (const auto index : planned_.candidates) {
      auto& candidate = candidates_[index];
      candidate.verdicts[planned_.batch.unit] = verdict;
      candidate.lost_reason = reason;
      candidate.again = true;
    }
  }

  /// One of several may have brought the front end down, but the unit may do so by itself as well.
  std::vector<Retry> lost(const std::string& problem, unsigned losses) const {
    if (planned_.candidates.size() > 1 && losses + 1 < most_losses) return part({}, losses + 1);
    lose(fmt::format("{} could not be compiled with the edits: {}", unit_file(), problem),
         Verdict::Lost);
    return {};
  }

  /// The suspects apart from the others, or halves where nothing tells them apart.
  [[nodiscard]] std::vector<Retry> part(const std::set<std::size_t>& suspected,
                                        unsigned losses) const {
    const auto& all = planned_.candidates;
    const auto unit = planned_.batch.unit;
    std::vector<Retry> parts(2, Retry{{}, unit, losses});
    for (std::size_t i = 0; i < all.size(); ++i) {
      candidates_[all[i]].verdicts[unit] = Verdict::Unsettled;
      const bool tells = !suspected.empty() && suspected.size() < all.size();
      const bool first = tells ? suspected.contains(all[i]) : i < all.size() / 2;
      parts[first ? 0 : 1].candidates.push_back(all[i]);
    }
    return parts;
  }

  /// The promise that the answer does not keep; null if it keeps all.
  struct Broken {
    const SizeChange* promised = nullptr;
    const SizeChange* told = nullptr;  ///< Null: no size was told.
  };
  [[nodiscard]] Broken broken_promise(const Candidate& candidate) const {
    for (const auto& promised : fix_of(candidate).promise.sizes) {
      if (!sees(promised.record_id)) continue;
      const auto told = told_.find(promised.record_id);
      if (told == told_.end()) return {&promised, nullptr};
      const SizeChange& first = *told->second.front();
      if (first.after != promised.after) return {&promised, &first};
    }
    return {};
  }

  [[nodiscard]] const SuggestedFix& fix_of(const Candidate& candidate) const {
    return findings_[candidate.finding].fixes[candidate.fix];
  }

  /// `suspected` gets those that it may be about, as far as that can be told.
  bool something_is_wrong(const ProofAnswer& answer, std::set<std::size_t>& suspected) const {
    bool wrong = !answer.new_diagnostics.empty();
    for (const auto& diagnostic : answer.new_diagnostics) {
      const auto found = suspects(diagnostic);
      if (found.size() < planned_.candidates.size()) suspected.insert(found.begin(), found.end());
    }
    for (const auto index : planned_.candidates) {
      if (broken_promise(candidates_[index]).promised == nullptr) continue;
      suspected.insert(index);
      wrong = true;
    }
    return wrong;
  }

  /// The fix was alone, so that everything is about it.
  void judge(Candidate& candidate, const ProofAnswer& answer) const {
    const auto& diagnostics = answer.new_diagnostics;
    if (!diagnostics.empty()) {
      const auto first = std::find_if(diagnostics.begin(), diagnostics.end(),
                                      [](const auto& diagnostic) { return diagnostic.error; });
      const auto& told = first == diagnostics.end() ? diagnostics.front() : *first;
      return reject(candidate, text_of(told), no_edit_text(told, fix_of(candidate)));
    }
    const auto broken = broken_promise(candidate);
    if (broken.promised == nullptr) return;
    const auto& name = broken.promised->record;
    if (broken.told == nullptr) {
      const auto reason = fmt::format("the compiler reports no size of '{}'", name);
      return reject(candidate, reason, fmt::format("{} in {}", reason, unit_file()));
    }
    const auto reason =
        fmt::format("'{}' has {} bytes, not {}", name, broken.told->after, broken.promised->after);
    if (candidate.rejection.empty()) candidate.contradicted = true;
    reject(candidate, reason, fmt::format("{} in {}", reason, unit_file()));
  }

  /// The first unit that rejects it is told.
  void reject(Candidate& candidate, const std::string& reason, std::string no_edit) const {
    if (!candidate.rejection.empty()) return;
    candidate.rejection = fmt::format("in {}: {}", unit_file(), reason);
    candidate.no_edit = std::move(no_edit);
    candidate.rejector = planned_.batch.unit;
  }

  void enter_promised(Candidate& candidate) const {
    for (const auto& promised : fix_of(candidate).promise.sizes) {
      const auto told = told_.find(promised.record_id);
      if (told == told_.end()) continue;
      candidate.sizes.insert_or_assign(promised.record_id, *told->second.back());
    }
  }

  [[nodiscard]] bool stands_in(const SourceRange& where, const Candidate& candidate) const {
    const auto& edits = findings_[candidate.finding].fixes[candidate.fix].edits;
    return std::any_of(edits.begin(), edits.end(), [&](const TextEdit& edit) {
      return edit.file == where.file && where.begin >= edit.begin && where.begin <= edit.end;
    });
  }

  /// An error in a library names in its notes the place that led there.
  [[nodiscard]] bool stands_in(const ProofDiagnostic& diagnostic,
                               const Candidate& candidate) const {
    return stands_in(diagnostic.where, candidate) ||
           std::any_of(diagnostic.notes.begin(), diagnostic.notes.end(),
                       [&](const SourceRange& note) { return stands_in(note, candidate); });
  }

  /// True if the record is one of the candidate's, or contains one.
  [[nodiscard]] bool concerns(const std::string& record_id, const Candidate& candidate) const {
    return std::any_of(candidate.record_ids.begin(), candidate.record_ids.end(),
                       [&](const std::string& own) {
                         return own == record_id || holders_.holders(own).contains(record_id);
                       });
  }

  /// True if the message names one of the candidate's records.
  [[nodiscard]] bool named_in(const std::string& message, const Candidate& candidate) const {
    return std::any_of(candidate.record_ids.begin(), candidate.record_ids.end(),
                       [&](const std::string& id) {
                         const auto* record = model_.find(id);
                         if (record == nullptr) return false;
                         const auto name = record->name.substr(record->name.rfind(':') + 1);
                         return message.find("'" + record->name + "'") != std::string::npos ||
                                message.find("'" + name + "'") != std::string::npos;
                       });
  }

  [[nodiscard]] bool refers_to(const ProofDiagnostic& diagnostic,
                               const Candidate& candidate) const {
    return std::any_of(diagnostic.record_ids.begin(), diagnostic.record_ids.end(),
                       [&](const std::string& id) { return concerns(id, candidate); });
  }

  /// The fixes of the batch that the diagnostic may be about; where it stands in the edits of one,
  /// that one alone.
  [[nodiscard]] std::vector<std::size_t> suspects(const ProofDiagnostic& diagnostic) const {
    std::vector<std::size_t> inside;
    std::vector<std::size_t> named;
    for (const auto index : planned_.candidates) {
      const auto& candidate = candidates_[index];
      if (stands_in(diagnostic, candidate)) inside.push_back(index);
      if (refers_to(diagnostic, candidate) || named_in(diagnostic.message, candidate)) {
        named.push_back(index);
      }
    }
    if (!inside.empty()) return inside;
    return named.empty() ? planned_.candidates : named;
  }

  [[nodiscard]] bool sees(const std::string& record_id) const {
    const auto* record = model_.find(record_id);
    return record != nullptr &&
           std::binary_search(record->units.begin(), record->units.end(), planned_.batch.unit);
  }

  /// A size that changed is told with the one fix that can have caused it.
  void note_knock_on(const SizeChange& size) {
    if (size.before == size.after || planned_.candidates.empty()) return;
    auto index = planned_.candidates.front();
    if (planned_.candidates.size() > 1) {
      const auto causes = concerned_.find(size.record_id);
      if (causes == concerned_.end() || causes->second.size() != 1) return;
      index = *causes->second.begin();
    }
    auto& sizes = candidates_[index].sizes;
    const auto [known, added] = sizes.try_emplace(size.record_id, size);
    if (!added && told_before(size, known->second)) known->second = size;
  }

  /// Of a record with several layouts the change of one is told: that of the model's record if a
  /// unit tells it, else the smallest; so the order of the answers does not matter.
  [[nodiscard]] bool told_before(const SizeChange& a, const SizeChange& b) const {
    const auto* record = model_.find(a.record_id);
    const auto rank = [&](const SizeChange& size) {
      return std::tuple(record == nullptr || size.before != record->size, size.before, size.after);
    };
    return rank(a) < rank(b);
  }

  const PlannedBatch& planned_;
  std::span<Candidate> candidates_;
  std::span<const Finding> findings_;
  const Model& model_;
  const Containment& holders_;
  std::map<std::string_view, std::vector<const SizeChange*>> told_;  ///< By record, in order.
  /// By record: the candidates that change it or a part of it.
  std::map<std::string_view, std::set<std::size_t>> concerned_;
};

}  // namespace

std::vector<Retry> apply_answer(const PlannedBatch& planned, unsigned losses,
                                const ProofAnswer& answer, std::span<Candidate> candidates,
                                std::span<const Finding> findings, const Model& model,
                                const Containment& holders) {
  return Reader(planned, candidates, findings, model, holders).run(answer, losses);
}

}  // namespace snug
