// The parts of the manual that no table holds.
#pragma once

#include <string_view>

namespace snug {

extern const std::string_view overview_text;
extern const std::string_view messages_text;
extern const std::string_view formats_text;
extern const std::string_view configuration_text;
extern const std::string_view json_text;

}  // namespace snug
