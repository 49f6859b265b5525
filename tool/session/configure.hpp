// The configuration of a project, and how it and the command line become one: the command line
// wins.
#pragma once

#include <string>
#include <vector>

#include "base/files.hpp"
#include "gate/configuration/configuration.hpp"
#include "session/plans.hpp"

namespace snug {

/// The checks of this program as the readers of configurations and marks need to know them.
[[nodiscard]] std::vector<KnownCheck> known_checks();

/// The file that --config names, else the nearest .snug.toml in the folder of the sources or above
/// it; an empty configuration if there is none. Throws Error with the place of what is wrong in it.
[[nodiscard]] Configuration find_configuration(const ProjectSpec& spec,
                                               const std::vector<std::string>& sources,
                                               const Files& files);

/// The plan with what the configuration says where the command line is silent.
[[nodiscard]] CheckPlan settled(CheckPlan plan, const Configuration& configuration);

/// The --exclude globs, and those of the configuration as globs for a run with this root.
[[nodiscard]] std::vector<std::string> all_excludes(const ProjectSpec& spec,
                                                    const Configuration& configuration,
                                                    const std::string& root);

}  // namespace snug
