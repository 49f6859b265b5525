// `--profile`: what a run of the program counted, and what of it cannot be used.
#pragma once

#include <vector>

#include "gate/read_profile.hpp"
#include "model/access_profile.hpp"
#include "model/model.hpp"
#include "session/console.hpp"
#include "session/options.hpp"

namespace snug {

/// Reads the file of --profile; nothing without it. Throws Error if it cannot be read.
[[nodiscard]] std::vector<ProfiledType> open_profile(const Options& options,
                                                     const Console& console);

/// The counts of the model's records. Tells on standard error which rows belong to none.
[[nodiscard]] AccessProfile matched_profile(const std::vector<ProfiledType>& types,
                                            const Model& model, const Options& options,
                                            const Console& console);

}  // namespace snug
