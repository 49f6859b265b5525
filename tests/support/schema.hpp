// Validates JSON texts against schemas.
#pragma once

#include <string>

namespace snug::test {

/// Empty if the text is JSON that tool/report/snug-report-1.schema.json accepts, else what is wrong
/// and where.
[[nodiscard]] std::string schema_error(const std::string& report);

/// The same for tool/report/snug-diff-1.schema.json.
[[nodiscard]] std::string diff_schema_error(const std::string& diff);

/// The same for the public schema of SARIF 2.1.0.
[[nodiscard]] std::string sarif_error(const std::string& log);

/// The same for the code quality report of GitLab.
[[nodiscard]] std::string gitlab_error(const std::string& report);

/// The same for reviewdog's diagnostics.
[[nodiscard]] std::string rdjson_error(const std::string& report);

}  // namespace snug::test
