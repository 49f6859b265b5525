// Is a file still what the scan read? Offsets of the model count in the text that was scanned.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/kept_files.hpp"
#include "model/model.hpp"

namespace snug {

/// False if the text (nothing: it cannot be read) is not the one whose hash the model holds. True
/// for files without a hash: nothing of the project points into them.
[[nodiscard]] bool is_as_scanned(const Model& model, const std::string& path,
                                 const std::optional<std::string>& text);

/// The same for a text that knows its hash; null: it cannot be read.
[[nodiscard]] bool is_as_scanned(const Model& model, const std::string& path, const FileText* text);

/// What is said of such a file where an edit is refused.
[[nodiscard]] std::string changed_since_scan(const std::string& path);

/// True for a reason that is, or ends with, what changed_since_scan() says.
[[nodiscard]] bool says_changed(std::string_view reason);

}  // namespace snug
