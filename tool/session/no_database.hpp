// What a user can do who has no compile database.
#pragma once

#include <string>

#include "base/files.hpp"
#include "session/root.hpp"

namespace snug {

/// Sentences and commands for the build systems that have their files in `folder` or above it, then
/// for all others; names a build folder that was configured without a database.
[[nodiscard]] std::string no_database_text(const std::string& folder, const Files& files,
                                           const Exists& exists);

}  // namespace snug
