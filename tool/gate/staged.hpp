// What the next commit will hold, as git's index has it.
#pragma once

#include <map>
#include <string>

#include "gate/git_changes.hpp"

namespace snug {

/// The texts of tracked files that differ on the disk from what is staged, by absolute path.
/// `folder` lies in the work tree, and all of it is looked at. Nothing of the repository is run: no
/// hooks, filters or monitors. What cannot be staged as text (links, submodules, conflicts) is left
/// out. In a hook of git the index is that of the commit that is being made. Throws Error if there
/// is no git or no repository.
[[nodiscard]] std::map<std::string, std::string> staged_texts(const std::string& folder);

/// The lines that the next commit changes below `folder`, counted in the staged texts.
[[nodiscard]] ChangedLines staged_lines(const std::string& folder);

}  // namespace snug
