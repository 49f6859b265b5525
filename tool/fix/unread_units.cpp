#include "fix/unread_units.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

namespace snug {
namespace {

bool is_assembly(const std::string& file) {
  return file.ends_with(".s") || file.ends_with(".S") || file.ends_with(".asm");
}

std::string unread_text(std::size_t count) {
  return count == 1 ? "1 unit that may use it could not be read"
                    : fmt::format("{} units that may use it could not be read", count);
}

}  // namespace

std::vector<std::string> unread_users(const SuggestedFix& fix, const Model& model) {
  std::set<std::string> mains, unread;
  for (const Unit& unit : model.units) {
    if (unit.status == UnitStatus::Ok) mains.insert(unit.file);
  }
  const bool shared = std::any_of(fix.edits.begin(), fix.edits.end(),
                                  [&](const TextEdit& edit) { return !mains.contains(edit.file); });
  for (const Unit& unit : model.units) {
    if (shared && unit.status != UnitStatus::Ok && !is_assembly(unit.file)) {
      unread.insert(unit.file);
    }
  }
  return {unread.begin(), unread.end()};
}

void respect_unread_units(const Model& model, std::vector<Finding>& findings) {
  const bool all_read = std::all_of(model.units.begin(), model.units.end(),
                                    [](const Unit& unit) { return unit.status == UnitStatus::Ok; });
  if (all_read) return;
  for (Finding& finding : findings) {
    for (SuggestedFix& fix : finding.fixes) {
      if (fix.safety == Safety::Refused) continue;
      const std::size_t count = unread_users(fix, model).size();
      if (count == 0) continue;
      fix.safety = std::max(fix.safety, Safety::Review);
      fix.reasons.push_back(unread_text(count));
    }
  }
}

}  // namespace snug
