// How reports name files.
#pragma once

#include <string>
#include <string_view>

namespace snug {

/// The path relative to `root` if it lies below it, else as it is. An empty root changes nothing.
[[nodiscard]] std::string relative_path(std::string_view path, std::string_view root);

/// The same bytes with each byte that is no part of valid UTF-8 as %XX, so that it can stand in
/// JSON.
[[nodiscard]] std::string percent_encoded(std::string_view bytes);

/// True if the bytes are well-formed UTF-8 (no surrogates, no overlong forms).
[[nodiscard]] bool is_utf8(std::string_view bytes);

/// Length in bytes of the UTF-8 character that starts at `at`; 0 if no valid one does.
[[nodiscard]] std::size_t character_length(std::string_view bytes, std::size_t at);

}  // namespace snug
