// A short name for bytes that nobody can make two of by chance or by intent.
#pragma once

#include <string>
#include <string_view>

namespace snug {

/// 16 raw bytes of BLAKE2b.
[[nodiscard]] std::string digest_of(std::string_view bytes);

/// The same as 32 digits.
[[nodiscard]] std::string hex_digest(std::string_view bytes);

}  // namespace snug
