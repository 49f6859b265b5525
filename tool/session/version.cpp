#include "session/version.hpp"

#include "scan/parse/scan.hpp"

namespace snug {

ToolInfo tool_info() {
  return {SNUG_VERSION, front_end_version()};
}

}  // namespace snug
