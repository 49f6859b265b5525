// Which records and fields the rows of a profile are about.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "gate/read_profile.hpp"
#include "model/access_profile.hpp"
#include "model/model.hpp"

namespace snug {

struct MatchedProfile {
  AccessProfile profile;
  /// One sentence for each type or field that no record has, in the order of the profile.
  std::vector<std::string> problems;
};

/// Finds the record of each type: the one that snug calls so, else the only one whose name the
/// program's compiler may have printed so. Records of one name (in unnamed namespaces) all get the
/// counts, because the profile holds them together. Fields of anonymous structs and unions count
/// for the slot that holds them.
[[nodiscard]] MatchedProfile match_profile(std::span<const ProfiledType> types, const Model& model);

}  // namespace snug
