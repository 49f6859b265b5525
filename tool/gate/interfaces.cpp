#include "gate/interfaces.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace snug {
namespace {

void add_parts(const std::vector<Slot>& slots, std::vector<std::string>& out) {
  for (const Slot& slot : slots) {
    if (!slot.type_id.empty()) out.push_back(slot.type_id);
    add_parts(slot.members, out);
  }
}

bool is_frozen(const Model& model, const std::string& id) {
  const RecordRules* const rules = model.rules.of(id);
  return rules != nullptr && rules->frozen.has_value();
}

/// The frozen record that would change with the fix; empty if there is none.
std::string frozen_user(const Model& model, const SuggestedFix& fix,
                        const std::vector<std::string>& frozen) {
  for (const SizeChange& size : fix.promise.sizes) {
    if (size.before == size.after) continue;
    for (const std::string& id : frozen) {
      const std::vector<std::string> parts = parts_of(model, {id});
      if (std::binary_search(parts.begin(), parts.end(), size.record_id)) {
        return model.find(id)->name;
      }
    }
  }
  return "";
}

bool is_own(const Model& model, const Finding& finding) {
  if (is_frozen(model, finding.record_id)) return true;
  return std::any_of(finding.fixes.begin(), finding.fixes.end(), [&](const SuggestedFix& fix) {
    return std::any_of(fix.promise.sizes.begin(), fix.promise.sizes.end(),
                       [&](const SizeChange& size) { return is_frozen(model, size.record_id); });
  });
}

void refuse(SuggestedFix& fix, const std::string& user) {
  fix.safety = Safety::Refused;
  fix.reasons = {fmt::format("'{}' consists of it, and its layout is frozen", user)};
  fix.edits.clear();
  fix.promise.order.clear();
  fix.proof.reset();
}

}  // namespace

std::vector<std::string> parts_of(const Model& model, std::vector<std::string> ids) {
  std::set<std::string> parts;
  while (!ids.empty()) {
    const std::string id = std::move(ids.back());
    ids.pop_back();
    if (!parts.insert(id).second) continue;
    if (const Record* record = model.find(id)) add_parts(record->slots, ids);
  }
  return {parts.begin(), parts.end()};
}

void respect_frozen(const Model& model, std::vector<Finding>& findings) {
  std::vector<std::string> frozen;
  for (const RecordRules& rules : model.rules.records) {
    if (rules.frozen && model.find(rules.record_id) != nullptr) frozen.push_back(rules.record_id);
  }
  if (frozen.empty()) return;
  std::erase_if(findings, [&](const Finding& finding) {
    return !finding.fixes.empty() && is_own(model, finding);
  });
  for (Finding& finding : findings) {
    std::vector<SuggestedFix> kept;
    std::vector<SuggestedFix> refused;
    for (SuggestedFix& fix : finding.fixes) {
      const std::string user = frozen_user(model, fix, frozen);
      if (!user.empty() && fix.safety != Safety::Refused) refuse(fix, user);
      (user.empty() ? kept : refused).push_back(std::move(fix));
    }
    if (refused.empty()) {
      finding.fixes = std::move(kept);
      continue;
    }
    if (kept.empty()) {
      kept.push_back(std::move(refused.front()));
      finding.level = Level::Note;
      finding.needs_proof = false;
    }
    finding.fixes = std::move(kept);
    speak_for(finding.fixes.front(), finding);
  }
}

}  // namespace snug
