// A place that several machines share, where bytes are stored under names. What it says is never
// believed: see shared_results.hpp.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace snug {

enum class StoreAnswer : std::uint8_t {
  Done,    ///< Found, or stored.
  Absent,  ///< Nothing has this name.
  Denied,  ///< It answers, but not to us, or takes nothing more.
  Failed,  ///< It cannot be reached, is too slow, or says what makes no sense.
};

struct StoreReply {
  StoreAnswer answer = StoreAnswer::Failed;
  std::string bytes;  ///< What was found.
  std::string why;    ///< Of Denied and Failed, for people.
};

/// How long a store is waited for, and how much it may send.
struct StorePatience {
  std::chrono::milliseconds connect{2000};
  std::chrono::milliseconds reply{10000};  ///< From the first byte of a request to its last one.
  std::size_t most_bytes = std::size_t{256} << 20U;
};

class Store {
 public:
  virtual ~Store() = default;
  /// Both return within the patience, and neither throws.
  [[nodiscard]] virtual StoreReply get(const std::string& name) = 0;
  [[nodiscard]] virtual StoreReply put(const std::string& name, std::string_view bytes) = 0;
};

/// Where a store is, as the user wrote it: http://, https://, redis:// or unix:// (a socket of
/// Redis).
struct StorePlace {
  std::string scheme;
  std::string user, password;  ///< With %XX taken out.
  std::string host;            ///< Without the brackets of an IPv6 address.
  std::string port;            ///< Digits, or empty.
  std::string path;            ///< With the slash; empty without one.
  /// The place without user and password.
  [[nodiscard]] std::string told() const;
};

/// True if this names a store and not a folder.
[[nodiscard]] bool names_store(std::string_view text);

/// Throws Error for what is no such place: an unknown scheme, no host, a port that is none, a
/// query.
[[nodiscard]] StorePlace parse_store_place(const std::string& text);

/// Nothing is connected yet. Throws Error for a place that cannot be one.
[[nodiscard]] std::unique_ptr<Store> open_store(const StorePlace& place,
                                                const StorePatience& patience = {});

}  // namespace snug
