// Bytes as text that JSON can carry.
#pragma once

#include <string>
#include <string_view>

namespace snug {

/// The bytes in base 64 with padding (RFC 4648, section 4).
[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace snug
