// Edits in the form that clang-apply-replacements reads.
#pragma once

#include <string>
#include <vector>

#include "base/file_set.hpp"
#include "base/text_edit.hpp"

namespace snug {

/// The edits, line by line, that turn `before` into `after`. Sorted, not overlapping.
[[nodiscard]] std::vector<TextEdit> edits_between(const FileChange& change);

/// One YAML document for clang-apply-replacements, with absolute paths and byte offsets.
[[nodiscard]] std::string replacements_yaml(const std::vector<FileChange>& changes);

}  // namespace snug
