// A short name for bytes that nobody can make two of by chance or by intent.
#pragma once

#include <string>
#include <string_view>

namespace snug {

/// 16 raw bytes of BLAKE2b.
[[nodiscard]] std::string digest_of(std::string_view bytes);

/// 32 raw bytes of BLAKE2b that only who knows the secret can make; without a secret everybody can.
[[nodiscard]] std::string keyed_digest_of(std::string_view bytes, std::string_view secret);

/// digest_of() as 32 digits.
[[nodiscard]] std::string hex_digest(std::string_view bytes);

}  // namespace snug
