// What of the HTML report can be read without a script: totals and the first rows of the table.
#pragma once

#include <string>

#include "report/report.hpp"

namespace snug {

/// One sentence.
[[nodiscard]] std::string html_totals(const Report& report);
/// Terms and numbers for a <dl>.
[[nodiscard]] std::string html_tiles(const Report& report);
/// Rows for the table, each with the messages of its findings below it: the records that waste
/// most, as the script sorts them at first.
[[nodiscard]] std::string html_first_rows(const Report& report);

}  // namespace snug
