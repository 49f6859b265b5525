#include "report/paths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "base/visible_text.hpp"

namespace snug {
namespace {

std::uint8_t byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

}  // namespace

std::size_t character_length(std::string_view bytes, std::size_t at) {
  return utf8_length(bytes.substr(at));
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
