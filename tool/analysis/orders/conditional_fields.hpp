// Fields that stand under #if, as the text tells.
#pragma once

#include <set>
#include <string>

#include "base/files.hpp"
#include "model/record.hpp"

namespace snug {

using FieldNames = std::set<std::string, std::less<>>;

/// Names of the fields of a record, those of anonymous members included, that stand between #if and
/// #endif inside its braces. Empty if its file cannot be read. O(length of the definition).
[[nodiscard]] FieldNames conditional_fields(const Record& record, const Files& files);

}  // namespace snug
