// The files that a run writes are none of those that it reads.
#pragma once

#include <string>
#include <vector>

#include "session/console.hpp"
#include "session/options.hpp"

namespace snug {

/// Throws Error if a file that the run is to write (-o, --write-baseline, --export-replacements) is
/// one of those that it reads, under whatever name. `inputs` are paths.
void keep_inputs(const Options& options, const Console& console,
                 const std::vector<std::string>& inputs);

}  // namespace snug
