#include "report/paths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace snug {
namespace {

std::uint8_t byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

/// The lowest and highest second byte that may follow a lead byte (RFC 3629, section 4).
struct SecondByte {
  std::uint8_t low, high;
};

SecondByte second_byte(std::uint8_t lead) {
  switch (lead) {
    case 0xE0:
      return {0xA0, 0xBF};
    case 0xED:
      return {0x80, 0x9F};
    case 0xF0:
      return {0x90, 0xBF};
    case 0xF4:
      return {0x80, 0x8F};
    default:
      return {0x80, 0xBF};
  }
}

std::size_t length_of_lead(std::uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

}  // namespace

std::size_t character_length(std::string_view bytes, std::size_t at) {
  const std::uint8_t lead = byte_at(bytes, at);
  const std::size_t length = length_of_lead(lead);
  if (length == 0 || at + length > bytes.size()) {
    return 0;
  }
  for (std::size_t i = 1; i < length; ++i) {
    const SecondByte allowed = i == 1 ? second_byte(lead) : SecondByte{0x80, 0xBF};
    const std::uint8_t byte = byte_at(bytes, at + i);
    if (byte < allowed.low || byte > allowed.high) {
      return 0;
    }
  }
  return length;
}

std::string relative_path(std::string_view path, std::string_view root) {
  while (root.size() > 1 && root.ends_with('/')) {
    root.remove_suffix(1);
  }
  if (root.empty() || root == "/" || !path.starts_with(root)) {
    return std::string(path);
  }
  const std::string_view rest = path.substr(root.size());
  return rest.size() > 1 && rest.front() == '/' ? std::string(rest.substr(1)) : std::string(path);
}

std::string percent_encoded(std::string_view bytes) {
  std::string out;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = character_length(bytes, at);
    if (length == 0) {
      out += fmt::format("%{:02X}", byte_at(bytes, at));
    } else {
      out += bytes.substr(at, length);
    }
    at += std::max<std::size_t>(length, 1);
  }
  return out;
}

bool is_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = character_length(bytes, at);
    if (length == 0) {
      return false;
    }
    at += length;
  }
  return true;
}

}  // namespace snug
