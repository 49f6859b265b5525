// Results over HTTP: GET and PUT of BASE/NAME, as remote caches of builds, WebDAV folders and
// gateways to object stores serve them.
#pragma once

#include "session/shared/store.hpp"

namespace snug {

/// User and password come with the place; $SNUG_CACHE_TOKEN is sent as a bearer token. Throws Error
/// if libcurl is not installed.
[[nodiscard]] std::unique_ptr<Store> open_http_store(const StorePlace& place,
                                                     const StorePatience& patience);

}  // namespace snug
