// Two runs side by side.
//
// A record is recognised, in this order,
// 1. by its id;
// 2. by its qualified name: it moved to another file, or has internal linkage;
// 3. by its unqualified name, if the layouts agree or nobody else has that name and at least half
//    of the fields are the same: it moved to another namespace or class.
// Unnamed types are recognised without the places after which they are called. Where several
// records have one name, those of equal layout belong together first.
#pragma once

#include "gate/read_report.hpp"
#include "model/run_diff.hpp"

namespace snug {

/// Throws Error if the runs are for different targets. Findings are compared by fingerprint, as
/// multisets, if both runs have them. O(n log n) in records and findings.
[[nodiscard]] RunDiff compare_runs(const RunResult& before, const RunResult& after);

}  // namespace snug
