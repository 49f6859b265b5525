// What `snug check` writes.
#pragma once

#include "app/run.hpp"

namespace snug {

/// Writes the report with the findings in the order and number asked for, then the baseline.
void publish(Run& run, const Checked& checked, const Judged& judged, ExitStatus status);

/// Says to those who ask for details which fixes the compiler rejected and which were not tried.
void tell_dropped(const ProofRun& proof, Events& events);

}  // namespace snug
