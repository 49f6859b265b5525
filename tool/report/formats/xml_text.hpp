// Text in XML documents.
#pragma once

#include <string>
#include <string_view>

namespace snug {

/// The text as it stands between tags or in an attribute in double quotes (XML 1.0, 2.2 and 2.4).
/// Newlines become character references, so that an attribute keeps them. Characters that XML
/// cannot hold, bytes that are no UTF-8 and invisible characters are escaped as visible_text()
/// does. O(size).
[[nodiscard]] std::string xml_text(std::string_view text);

}  // namespace snug
