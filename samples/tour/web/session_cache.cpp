#include "web/session_cache.hpp"

namespace web {

bool is_admin(SessionCache& cache, const std::string& name) {
  return cache[name].admin;
}

}  // namespace web
