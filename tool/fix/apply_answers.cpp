#include "fix/apply_answers.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>

namespace snug {
namespace {

class Reader {
 public:
  Reader(const PlannedBatch& planned, std::span<Candidate> candidates,
         std::span<const Finding> findings, const Model& model, const Containment& holders)
      : planned_(planned),
        candidates_(candidates),
        findings_(findings),
        model_(model),
        holders_(holders) {}

  void run(const ProofAnswer& answer) {
    if (!answer.problem.empty()) {
      if (planned_.candidates.size() > 1) {
        return unsettle(planned_.candidates, answer.problem, Verdict::Lost);
      }
      return reject(candidates_[planned_.candidates.front()], answer.problem);
    }
    for (const auto& diagnostic : answer.new_diagnostics) blame(diagnostic);
    for (const auto index : planned_.candidates) check_sizes(candidates_[index], answer);
    for (const auto& size : answer.sizes) note_knock_on(size);
    for (const auto index : planned_.candidates) {
      auto& candidate = candidates_[index];
      if (candidate.rejection.empty() && !open_.contains(index)) {
        candidate.verdicts[planned_.batch.unit] = Verdict::Holds;
      }
    }
  }

 private:
  [[nodiscard]] const std::string& unit_file() const {
    return model_.units[planned_.batch.unit].file;
  }

  [[nodiscard]] static std::string text_of(const ProofDiagnostic& diagnostic) {
    return fmt::format("{}:{}: {}: {}", diagnostic.where.file, diagnostic.where.line,
                       diagnostic.error ? "error" : "new warning", diagnostic.message);
  }

  /// One of several is guilty: they are tried again, each in a batch without the others.
  void unsettle(const std::vector<std::size_t>& group, const std::string& reason, Verdict verdict) {
    for (const auto index : group) {
      auto& candidate = candidates_[index];
      open_.insert(index);
      candidate.verdicts[planned_.batch.unit] = verdict;
      candidate.unsettled_reason = fmt::format("in {}: {}", unit_file(), reason);
      for (const auto other : group) {
        if (other != index) candidate.apart.insert(candidates_[other].finding);
      }
    }
  }

  void reject(Candidate& candidate, const std::string& reason) const {
    if (candidate.rejection.empty()) {
      candidate.rejection = fmt::format("in {}: {}", unit_file(), reason);
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

  /// One suspect is guilty; several are tried again apart.
  void blame(const ProofDiagnostic& diagnostic) {
    const auto found = suspects(diagnostic);
    if (found.size() == 1) {
      reject(candidates_[found.front()], text_of(diagnostic));
    } else {
      unsettle(found, text_of(diagnostic), Verdict::Unsettled);
    }
  }

  void check_sizes(Candidate& candidate, const ProofAnswer& answer) {
    const auto& promise = findings_[candidate.finding].fixes[candidate.fix].promise;
    for (const auto& promised : promise.sizes) {
      if (!sees(promised.record_id)) continue;
      const auto told = std::find_if(
          answer.sizes.begin(), answer.sizes.end(),
          [&](const SizeChange& size) { return size.record_id == promised.record_id; });
      if (told == answer.sizes.end()) {
        reject(candidate, fmt::format("the compiler tells no size of '{}'", promised.record));
      } else if (told->after != promised.after) {
        reject(candidate, fmt::format("'{}' has {} bytes, not {}", promised.record, told->after,
                                      promised.after));
      } else {
        candidate.sizes.insert_or_assign(told->record_id, *told);
      }
    }
  }

  [[nodiscard]] bool sees(const std::string& record_id) const {
    const auto* record = model_.find(record_id);
    return record != nullptr &&
           std::binary_search(record->units.begin(), record->units.end(), planned_.batch.unit);
  }

  /// A size that changed is told with the one fix that can have caused it.
  void note_knock_on(const SizeChange& size) {
    if (size.before == size.after) return;
    Candidate* cause = nullptr;
    int causes = 0;
    for (const auto index : planned_.candidates) {
      auto& candidate = candidates_[index];
      if (planned_.candidates.size() > 1 && !concerns(size.record_id, candidate)) continue;
      cause = &candidate;
      ++causes;
    }
    if (causes != 1) return;
    const auto [known, added] = cause->sizes.try_emplace(size.record_id, size);
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
  std::set<std::size_t> open_;  ///< Candidates that this answer leaves unsettled.
};

}  // namespace

void apply_answer(const PlannedBatch& planned, const ProofAnswer& answer,
                  std::span<Candidate> candidates, std::span<const Finding> findings,
                  const Model& model, const Containment& holders) {
  Reader(planned, candidates, findings, model, holders).run(answer);
}

}  // namespace snug
