// Which snug and which front end this is.
#pragma once

#include "report/report.hpp"

namespace snug {

[[nodiscard]] ToolInfo tool_info();

}  // namespace snug
