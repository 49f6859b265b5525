// The HTML report's page, style and script. CMake makes the texts from tool/report/page/.
#pragma once

#include <string_view>

namespace snug {

/// With @POLICY@, @STYLE@, @DATA@ and @SCRIPT@ where those go, once each, in this order.
extern const std::string_view html_page;
extern const std::string_view html_style;
extern const std::string_view html_script;

}  // namespace snug
