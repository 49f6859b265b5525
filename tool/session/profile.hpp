// `--profile`: what a run of the program counted, and what of it cannot be used.
#pragma once

#include <vector>

#include "gate/read_profile.hpp"
#include "model/access_profile.hpp"
#include "model/model.hpp"
#include "session/events.hpp"
#include "session/plans.hpp"

namespace snug {

/// Reads the file of --profile; nothing without it. Throws Error if it cannot be read.
[[nodiscard]] std::vector<ProfiledType> open_profile(const CheckPlan& plan,
                                                     const std::string& current_folder);

/// The counts of the model's records. Tells which rows belong to none.
[[nodiscard]] AccessProfile matched_profile(const std::vector<ProfiledType>& types,
                                            const Model& model, const CheckPlan& plan,
                                            Events& events);

}  // namespace snug
