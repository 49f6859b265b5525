#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

#include "base/error.hpp"
#include "session/shared/http_store.hpp"
#include "session/shared/redis_store.hpp"
#include "session/shared/store.hpp"

namespace snug {
namespace {

constexpr std::string_view schemes = "http://, https://, redis:// or unix:// (a socket of Redis)";

std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    unsigned value = 0;
    const bool escape =
        text[at] == '%' && at + 2 < text.size() &&
        std::from_chars(text.data() + at + 1, text.data() + at + 3, value, 16).ptr ==
            text.data() + at + 3;
    plain += escape ? static_cast<char>(value) : text[at];
    if (escape) at += 2;
  }
  return plain;
}

[[noreturn]] void refuse(std::string_view place, std::string_view why) {
  throw Error(fmt::format("--cache {}: {}", place, why));
}

bool is_port(std::string_view port) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  return error == std::errc() && end == port.data() + port.size() && number > 0 && number < 65536;
}

/// [user[:password]@]host[:port]
void read_authority(std::string_view text, StorePlace& place) {
  const std::size_t at = text.rfind('@');
  if (at != std::string_view::npos) {
    const std::string_view user = text.substr(0, at);
    const std::size_t colon = std::min(user.find(':'), user.size());
    place.user = unescaped(user.substr(0, colon));
    if (colon < user.size()) place.password = unescaped(user.substr(colon + 1));
    text.remove_prefix(at + 1);
  }
  const bool bracket = text.starts_with('[') && text.find(']') != std::string_view::npos;
  const std::size_t end = bracket ? text.find(']') + 1 : std::min(text.find(':'), text.size());
  place.host = bracket ? text.substr(1, end - 2) : text.substr(0, end);
  if (end == text.size()) return;
  place.port = text.substr(end + 1);
  if (text[end] != ':' || !is_port(place.port)) {
    refuse(place.told(), "a port is a number from 1 to 65535");
  }
}

}  // namespace

std::string StorePlace::told() const {
  const bool bracket = host.find(':') != std::string::npos;
  return fmt::format("{}://{}{}{}{}{}{}", scheme, bracket ? "[" : "", host, bracket ? "]" : "",
                     port.empty() ? "" : ":", port, path);
}

bool names_store(std::string_view text) {
  const std::size_t colon = text.find("://");
  return colon != std::string_view::npos && colon > 0 &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+';
         });
}

StorePlace parse_store_place(const std::string& text) {
  StorePlace place;
  const std::string_view all = text;
  const std::size_t colon = std::min(all.find("://"), all.size());
  place.scheme = all.substr(0, colon);
  if (place.scheme == "rediss") refuse("rediss://", "Redis over TLS needs a tunnel; use redis://");
  const bool http = place.scheme == "http" || place.scheme == "https";
  const bool redis = place.scheme == "redis" || place.scheme == "unix";
  if (!http && !redis) {
    refuse(fmt::format("{}://", place.scheme), fmt::format("a shared cache is at {}", schemes));
  }
  const std::string_view rest = all.substr(colon + 3);
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  place.path = rest.substr(slash);
  read_authority(rest.substr(0, slash), place);
  if (place.path.find_first_of("?#") != std::string::npos) {
    refuse(place.told().substr(0, place.told().find_first_of("?#")), "a query makes no sense here");
  }
  const bool is_socket = place.scheme == "unix";
  if (is_socket != place.host.empty()) {
    refuse(place.told(), is_socket ? "a socket is named as unix:///path" : "it names no host");
  }
  return place;
}

std::unique_ptr<Store> open_store(const StorePlace& place, const StorePatience& patience) {
  if (place.scheme == "redis" || place.scheme == "unix") return open_redis_store(place, patience);
  return open_http_store(place, patience);
}

}  // namespace snug
