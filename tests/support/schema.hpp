// Validates JSON texts against the schema of the reports.
#pragma once

#include <string>

namespace snug::test {

/// Empty if the text is JSON that tool/report/snug-report-1.schema.json accepts, else what is wrong
/// and where.
[[nodiscard]] std::string schema_error(const std::string& report);

}  // namespace snug::test
