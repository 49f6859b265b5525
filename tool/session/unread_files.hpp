// Source files of the project that no unit reads: other builds, tests and plugins may use what a
// fix changes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"
#include "session/events.hpp"
#include "session/project.hpp"

namespace snug {

/// True if a text that no compiler read here may see the declaration of `name`: it has the word and
/// includes a file called as one of `headers` (sorted names without folders), or is a piece that
/// others include (`is_piece`). O(text).
[[nodiscard]] bool may_use(std::string_view text, std::string_view name,
                           const std::vector<std::string>& headers, bool is_piece);

/// The same for a record that a source file defines and no header: the text includes that `source`,
/// or the source includes the `file` that the text is from, as one of `source_includes` (sorted
/// names without folders) says. O(text).
[[nodiscard]] bool may_use_own(std::string_view text, std::string_view name,
                               const std::string& file, const std::string& source,
                               const std::vector<std::string>& source_includes);

/// Makes each safe fix of a record that such a file below the root names a fix to review, and says
/// which file it is. Hidden folders and folders of builds are left out. O(files below the root),
/// nothing where no fix is safe, or without a database. Where the root holds too much to look
/// through, `events` hear of it. REQUIRES: all units of the database were read.
void respect_unread_files(const Project& project, const Model& model, const Files& files,
                          std::vector<Finding>& findings, Events& events);

}  // namespace snug
