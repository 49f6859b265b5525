// Paths as URI references (RFC 3986).
#pragma once

#include <string>
#include <string_view>

namespace snug {

/// The bytes with everything but unreserved characters and '/' as %XX. A colon is encoded too, so
/// that a relative path is never read as a scheme.
[[nodiscard]] std::string uri_path(std::string_view path);

/// "file:///..." for an absolute path. A folder's URI ends with '/' if `folder` is set.
[[nodiscard]] std::string file_uri(std::string_view absolute_path, bool folder = false);

}  // namespace snug
