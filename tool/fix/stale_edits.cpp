#include "fix/stale_edits.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "model/scanned_text.hpp"

namespace snug {
namespace {

/// The first file among `changed` that the fix edits; null if there is none.
const std::string* stale_file(const SuggestedFix& fix, std::span<const std::string> changed) {
  for (const TextEdit& edit : fix.edits) {
    const auto found = std::lower_bound(changed.begin(), changed.end(), edit.file);
    if (found != changed.end() && *found == edit.file) return &*found;
  }
  return nullptr;
}

bool has_stale(const Finding& finding, std::span<const std::string> changed) {
  return std::any_of(finding.fixes.begin(), finding.fixes.end(),
                     [&](const SuggestedFix& fix) { return stale_file(fix, changed) != nullptr; });
}

void refuse(SuggestedFix& fix, const std::string& file) {
  fix.safety = Safety::Refused;
  fix.reasons = {changed_since_scan(file)};
  fix.edits.clear();
  fix.promise.order.clear();
  fix.proof.reset();
}

/// Alternatives that are refused for the same reason say it once.
void refuse_in(Finding& finding, std::span<const std::string> changed) {
  std::set<std::vector<std::string>> told;
  std::erase_if(finding.fixes, [&](SuggestedFix& fix) {
    const std::string* file = stale_file(fix, changed);
    if (file == nullptr) return false;
    refuse(fix, *file);
    return !told.insert(fix.reasons).second;
  });
}

bool same_finding(const Finding& a, const Finding& b) {
  return std::tie(a.check, a.where, a.record_id, a.subject) ==
         std::tie(b.check, b.where, b.record_id, b.subject);
}

}  // namespace

std::vector<std::string> changed_files(std::span<const Finding> findings, const Model& model,
                                       const Files& files) {
  std::set<std::string> looked_at;
  for (const Finding& finding : findings) {
    looked_at.insert(finding.where.file);
    for (const SuggestedFix& fix : finding.fixes) {
      for (const TextEdit& edit : fix.edits) looked_at.insert(edit.file);
    }
  }
  std::vector<std::string> changed;
  for (const std::string& file : looked_at) {
    if (!model.file_hashes.contains(file)) continue;
    if (!is_as_scanned(model, file, files.read(file))) changed.push_back(file);
  }
  return changed;
}

void refuse_edits(std::vector<Finding>& findings, std::span<const std::string> changed) {
  for (Finding& finding : findings) refuse_in(finding, changed);
}

void refuse_proven(std::vector<Finding>& proven, std::span<const Finding> tried,
                   std::span<const std::string> changed) {
  for (const Finding& finding : tried) {
    if (!has_stale(finding, changed)) continue;
    Finding refused = finding;
    refuse_in(refused, changed);
    std::erase_if(refused.fixes,
                  [](const SuggestedFix& fix) { return fix.safety != Safety::Refused; });
    const auto place = std::find_if(proven.begin(), proven.end(), [&](const Finding& other) {
      return same_finding(other, finding);
    });
    if (place == proven.end()) {
      proven.push_back(std::move(refused));
    } else {
      *place = std::move(refused);
    }
  }
  std::stable_sort(proven.begin(), proven.end(), report_before);
}

void drop_stale_sizes(std::vector<Finding>& proven, const Model& model, const Files& files) {
  std::map<std::string, bool> as_scanned;
  const auto is_stale = [&](const SizeChange& size) {
    const Record* record = model.find(size.record_id);
    if (record == nullptr || !model.file_hashes.contains(record->where.file)) return false;
    const auto [known, fresh] = as_scanned.try_emplace(record->where.file);
    if (fresh) known->second = is_as_scanned(model, known->first, files.read(known->first));
    return !known->second;
  };
  for (Finding& finding : proven) {
    for (SuggestedFix& fix : finding.fixes) {
      if (fix.proof) std::erase_if(fix.proof->knock_on, is_stale);
    }
  }
}

}  // namespace snug
