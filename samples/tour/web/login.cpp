#include "web/session_cache.hpp"

namespace web {

Session& login(SessionCache& cache, const std::string& name, std::uint64_t now) {
  constexpr std::uint64_t half_an_hour = 1800;
  Session& session = cache[name];
  session.expires = now + half_an_hour;
#ifdef TOUR_TRACE_SESSIONS
  session.trace = cache.slot(name);
#endif
  return session;
}

}  // namespace web
