// Fields that stand under #if, or between marks that belong to their lines, as the text tells.
#pragma once

#include <set>
#include <string>

#include "base/files.hpp"
#include "model/record.hpp"

namespace snug {

using FieldNames = std::set<std::string, std::less<>>;

/// Names of the fields of a record, those of anonymous members included, that stand inside its
/// braces between #if and #endif, pragmas that push and pop, NOLINTBEGIN and NOLINTEND, or where
/// clang-format is off. Empty if its file cannot be read. O(length of the definition).
[[nodiscard]] FieldNames conditional_fields(const Record& record, const Files& files);

}  // namespace snug
