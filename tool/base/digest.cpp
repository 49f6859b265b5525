#include "base/digest.hpp"

#include <sodium.h>

#include <array>

namespace snug {

std::string digest_of(std::string_view bytes) {
  std::string result(16, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(result.data()), result.size(),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr,
                     0);
  return result;
}

std::string keyed_digest_of(std::string_view bytes, std::string_view secret) {
  const auto unsigned_of = [](std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
  };
  std::array<unsigned char, crypto_generichash_KEYBYTES> key{};
  if (!secret.empty()) {
    crypto_generichash(key.data(), key.size(), unsigned_of(secret), secret.size(), nullptr, 0);
  }
  std::string result(crypto_generichash_BYTES, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(result.data()), result.size(),
                     unsigned_of(bytes), bytes.size(), key.data(), secret.empty() ? 0 : key.size());
  return result;
}

std::string hex_digest(std::string_view bytes) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  for (const char c : digest_of(bytes)) {
    const auto byte = static_cast<unsigned char>(c);
    hex += digits[byte >> 4U];
    hex += digits[byte & 15U];
  }
  return hex;
}

}  // namespace snug
