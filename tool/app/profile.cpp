#include "app/profile.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <ostream>

#include "base/files.hpp"
#include "gate/match_profile.hpp"

namespace snug {
namespace {

/// So many rows that cannot be used are named; the rest is counted.
constexpr std::size_t most_problems = 10;

}  // namespace

std::vector<ProfiledType> open_profile(const Options& options, const Console& console) {
  if (options.profile.empty()) return {};
  return read_profile_file(normal_path(options.profile, console.current_folder), options.profile);
}

AccessProfile matched_profile(const std::vector<ProfiledType>& types, const Model& model,
                              const Options& options, const Console& console) {
  if (options.profile.empty()) return {};
  MatchedProfile matched = match_profile(types, model);
  const std::size_t shown = std::min(matched.problems.size(), most_problems);
  for (std::size_t i = 0; i < shown; ++i) {
    fmt::print(console.err, "snug: {}: {}\n", options.profile, matched.problems[i]);
  }
  if (shown < matched.problems.size()) {
    fmt::print(console.err, "snug: {}: ... and {} more that cannot be used\n", options.profile,
               matched.problems.size() - shown);
  }
  if (types.empty()) {
    fmt::print(console.err,
               "snug: {}: no access was counted; is the program built with SNUG_TRACK=1, and does "
               "it use snug::tracked_ptr?\n",
               options.profile);
  }
  return std::move(matched.profile);
}

}  // namespace snug
