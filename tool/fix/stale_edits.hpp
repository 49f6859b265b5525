// Edits of files that are no longer what the scan read.
//
// Offsets count in the text that was scanned. A file that somebody saves while snug runs would be
// cut at the wrong places, so its edits are taken back before they are tried or shown.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

/// The files that findings stand in or edit whose text is not the one whose hash the model holds,
/// or that cannot be read any more. Files without a hash are left out. Sorted; each file is read
/// once.
[[nodiscard]] std::vector<std::string> changed_files(std::span<const Finding> findings,
                                                     const Model& model, const Files& files);

/// Refuses every fix that edits one of the files (sorted): it keeps its reason and the sizes that
/// were computed, but no edit, order or proof. The findings stay.
void refuse_edits(std::vector<Finding>& findings, std::span<const std::string> changed);

/// Puts the findings of `tried` that edit one of the files (sorted) into `proven`, with their edits
/// refused: what the compiler said to such an edit says nothing about it.
void refuse_proven(std::vector<Finding>& proven, std::span<const Finding> tried,
                   std::span<const std::string> changed);

/// Takes the sizes out of the proofs that belong to records of files that changed since the scan:
/// what is not as it was may be another's doing. Each file is read once.
void drop_stale_sizes(std::vector<Finding>& proven, const Model& model, const Files& files);

}  // namespace snug
