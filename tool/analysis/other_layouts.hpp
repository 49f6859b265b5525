// Records that units see with different layouts: under #if, with other flags, in other builds.
#pragma once

#include <string>
#include <vector>

#include "model/model.hpp"

namespace snug {

/// The layouts of the record's type that differ from this one: those of `records` and `conflicts`
/// with its id. O(log n) and their number.
[[nodiscard]] std::vector<const Record*> other_layouts(const Record& record, const Model& model);

/// A unit that sees the layout, and the flags that one that sees the other layout does not have:
/// "b.cpp with -DBIG".
[[nodiscard]] std::string unit_text(const Record& one, const Record& other, const Model& model);

/// Where the two layouts are seen, in the words "24 bytes in a.cpp, 40 bytes in b.cpp with -DBIG".
[[nodiscard]] std::string layouts_text(const Record& one, const Record& other, const Model& model);

}  // namespace snug
