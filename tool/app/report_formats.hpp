// The writer of each --format.
#pragma once

#include <iosfwd>

#include "app/options.hpp"
#include "report/report.hpp"

namespace snug {

/// Writes the report in the format. `color` counts for text alone.
void write_report(const Report& report, Format format, bool color, std::ostream& out);

}  // namespace snug
