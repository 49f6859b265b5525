#include "report/formats/uri.hpp"

#include <fmt/format.h>

namespace snug {
namespace {

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string uri_path(std::string_view path) {
  std::string out;
  for (const char c : path) {
    if (is_unreserved(c) || c == '/') {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string file_uri(std::string_view absolute_path, bool folder) {
  std::string uri = "file://" + uri_path(absolute_path);
  if (folder && !uri.ends_with('/')) {
    uri += '/';
  }
  return uri;
}

}  // namespace snug
