// error: K and V must not be references, arrays or const
#include <snug/lru_cache.hpp>

#ifdef SNUG_EXPECT_OK
using value = int;
#else
using value = const int;
#endif

bool empty(const snug::lru_cache<int, value>& cache) {
  return cache.empty();
}
