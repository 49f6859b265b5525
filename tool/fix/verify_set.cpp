#include "fix/verify_set.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "fix/candidates.hpp"

namespace snug {
namespace {

/// A fix that has to fall, and why.
struct Fall {
  std::size_t finding = 0;
  std::string reason;
};

class Verifier {
 public:
  Verifier(const std::vector<Finding>& findings, const Model& model, const FixRules& rules)
      : findings_(findings), model_(model), holders_(model) {
    std::vector<std::string> names;
    for (const auto& [path, hash] : model.file_hashes) names.push_back(rules.real_name(path));
    for (const Unit& unit : model.units) {
      std::set<std::string> files{rules.real_name(unit.file)};
      for (const std::uint32_t file : unit.files) files.insert(names.at(file));
      reads_.push_back(std::move(files));
    }
  }

  VerifiedSet run(std::vector<std::size_t> chosen, const RunBatches& run) {
    result_.chosen = std::move(chosen);
    std::set<std::uint32_t> open = readers_of(result_.chosen);
    while (!open.empty() && !result_.chosen.empty()) {
      std::vector<ProofBatch> batches;
      for (const std::uint32_t unit : open) batches.push_back(batch_for(unit));
      const auto answers = run(batches);
      if (answers.size() != batches.size()) throw Error("a proof was lost: answers are missing");
      result_.reparses += batches.size();
      std::map<std::size_t, std::string> falling;
      std::set<std::uint32_t> again;
      for (std::size_t i = 0; i < batches.size(); ++i) {
        sizes_[batches[i].unit].clear();
        if (const auto fall = judge(batches[i].unit, answers[i])) {
          falling.emplace(fall->finding, fall->reason);
          again.insert(batches[i].unit);
        }
      }
      open = drop(falling);
      open.insert(again.begin(), again.end());
    }
    if (!result_.chosen.empty()) collect_sizes();
    return std::move(result_);
  }

 private:
  [[nodiscard]] const SuggestedFix& fix(std::size_t finding) const {
    return findings_[finding].fixes.front();
  }

  [[nodiscard]] std::set<std::uint32_t> readers_of(const std::vector<std::size_t>& fixes) const {
    std::set<std::string> files;
    for (const TextEdit& edit : joined_edits(findings_, fixes)) files.insert(edit.file);
    std::set<std::uint32_t> units;
    for (std::uint32_t unit = 0; unit < model_.units.size(); ++unit) {
      if (model_.units[unit].status != UnitStatus::Ok) continue;
      const bool reads = std::any_of(files.begin(), files.end(), [&](const std::string& file) {
        return reads_[unit].contains(file);
      });
      if (reads) units.insert(unit);
    }
    return units;
  }

  [[nodiscard]] std::set<std::string> records_of(std::size_t finding) const {
    std::set<std::string> ids{findings_[finding].record_id};
    for (const SizeChange& size : fix(finding).promise.sizes) ids.insert(size.record_id);
    ids.erase("");
    return ids;
  }

  [[nodiscard]] ProofBatch batch_for(std::uint32_t unit) const {
    ProofBatch batch;
    batch.unit = unit;
    for (TextEdit& edit : joined_edits(findings_, result_.chosen)) {
      if (reads_[unit].contains(edit.file)) batch.edits.push_back(std::move(edit));
    }
    std::set<std::string> ids;
    for (const std::size_t finding : result_.chosen) ids.merge(records_of(finding));
    batch.record_ids.assign(ids.begin(), ids.end());
    return batch;
  }

  [[nodiscard]] std::string place(std::uint32_t unit) const { return model_.units[unit].file; }

  /// The fix that has to fall for what the unit says, if it says anything.
  std::optional<Fall> judge(std::uint32_t unit, const ProofAnswer& answer) {
    if (!answer.problem.empty()) {
      return Fall{last_read_by(unit), fmt::format("in {}: {}", place(unit), answer.problem)};
    }
    if (!answer.unusable.empty()) {
      return Fall{last_read_by(unit),
                  fmt::format("{} does not compile without the edits either: {}", place(unit),
                              answer.unusable)};
    }
    for (const ProofDiagnostic& found : answer.new_diagnostics) {
      return Fall{suspect(unit, found),
                  fmt::format("together with the others, in {}: {}:{}: {}", place(unit),
                              found.where.file, found.where.line, found.message)};
    }
    for (const SizeChange& size : answer.sizes) {
      if (auto fall = too_large(unit, size)) return fall;
      sizes_[unit].insert_or_assign(size.record_id, size);
    }
    return std::nullopt;
  }

  /// Other fixes of the set may make a record smaller than this one promised, but not larger.
  [[nodiscard]] std::optional<Fall> too_large(std::uint32_t unit, const SizeChange& size) const {
    for (const std::size_t finding : result_.chosen) {
      for (const SizeChange& promised : fix(finding).promise.sizes) {
        if (promised.record_id != size.record_id || size.after <= promised.after) continue;
        return Fall{finding,
                    fmt::format("together with the others, in {}: '{}' has {} bytes, not {}",
                                place(unit), size.record, size.after, promised.after)};
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] bool concerns(std::size_t finding, const ProofDiagnostic& found) const {
    const auto& edits = fix(finding).edits;
    if (std::any_of(edits.begin(), edits.end(), [&](const TextEdit& edit) {
          return edit.file == found.where.file && found.where.begin >= edit.begin &&
                 found.where.begin <= edit.end;
        })) {
      return true;
    }
    const auto own = records_of(finding);
    return std::any_of(found.record_ids.begin(), found.record_ids.end(),
                       [&](const std::string& id) {
                         return std::any_of(own.begin(), own.end(), [&](const std::string& record) {
                           return record == id || holders_.holders(record).contains(id);
                         });
                       });
  }

  [[nodiscard]] std::size_t suspect(std::uint32_t unit, const ProofDiagnostic& found) const {
    for (auto i = result_.chosen.rbegin(); i != result_.chosen.rend(); ++i) {
      if (concerns(*i, found)) return *i;
    }
    return last_read_by(unit);
  }

  [[nodiscard]] std::size_t last_read_by(std::uint32_t unit) const {
    for (auto i = result_.chosen.rbegin(); i != result_.chosen.rend(); ++i) {
      const auto& edits = fix(*i).edits;
      const bool reads = std::any_of(edits.begin(), edits.end(), [&](const TextEdit& edit) {
        return reads_[unit].contains(edit.file);
      });
      if (reads) return *i;
    }
    return result_.chosen.back();
  }

  /// Lets fixes fall; the units that read their files.
  std::set<std::uint32_t> drop(const std::map<std::size_t, std::string>& falling) {
    std::vector<std::size_t> gone;
    for (const auto& [finding, reason] : falling) {
      gone.push_back(finding);
      result_.dropped.push_back({finding, Left::Rejected, {reason}});
      std::erase(result_.chosen, finding);
    }
    return readers_of(gone);
  }

  void collect_sizes() {
    for (const auto& [unit, sizes] : sizes_) {
      for (const auto& [id, size] : sizes) {
        if (size.before != size.after) result_.sizes.try_emplace(id, size);
      }
    }
  }

  const std::vector<Finding>& findings_;
  const Model& model_;
  Containment holders_;
  std::vector<std::set<std::string>> reads_;  ///< By unit: the files that it reads.
  std::map<std::uint32_t, std::map<std::string, SizeChange>> sizes_;
  VerifiedSet result_;
};

}  // namespace

VerifiedSet verify_set(std::vector<std::size_t> chosen, const std::vector<Finding>& findings,
                       const Model& model, const FixRules& rules, const RunBatches& run) {
  return Verifier(findings, model, rules).run(std::move(chosen), run);
}

}  // namespace snug
