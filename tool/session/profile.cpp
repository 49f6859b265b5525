#include "session/profile.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/files.hpp"
#include "gate/match_profile.hpp"

namespace snug {
namespace {

/// So many rows that cannot be used are named; the rest is counted.
constexpr std::size_t most_problems = 10;

}  // namespace

std::vector<ProfiledType> open_profile(const CheckPlan& plan, const std::string& current_folder) {
  if (plan.profile.empty()) return {};
  return read_profile_file(normal_path(plan.profile, current_folder), plan.profile);
}

AccessProfile matched_profile(const std::vector<ProfiledType>& types, const Model& model,
                              const CheckPlan& plan, Events& events) {
  if (plan.profile.empty()) return {};
  MatchedProfile matched = match_profile(types, model);
  const std::size_t shown = std::min(matched.problems.size(), most_problems);
  for (std::size_t i = 0; i < shown; ++i) {
    events.tell(fmt::format("{}: {}", plan.profile, matched.problems[i]));
  }
  if (shown < matched.problems.size()) {
    events.tell(fmt::format("{}: ... and {} more that cannot be used", plan.profile,
                            matched.problems.size() - shown));
  }
  if (types.empty()) {
    events.tell(
        fmt::format("{}: no access was counted; is the program built with SNUG_TRACK=1, and does "
                    "it use snug::tracked_ptr?",
                    plan.profile));
  }
  return std::move(matched.profile);
}

}  // namespace snug
