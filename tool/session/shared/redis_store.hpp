// Results in Redis, or what speaks as it: GET and SET of snug:NAME.
#pragma once

#include "session/shared/store.hpp"

namespace snug {

/// The path of redis:// is the number of a database, that of unix:// the socket. Throws Error for
/// another one.
[[nodiscard]] std::unique_ptr<Store> open_redis_store(const StorePlace& place,
                                                      const StorePatience& patience);

}  // namespace snug
