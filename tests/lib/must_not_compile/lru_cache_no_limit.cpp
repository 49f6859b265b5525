// error: lru_cache
#include <snug/lru_cache.hpp>

#ifdef SNUG_EXPECT_OK
snug::lru_cache<int, int> cache(100);
#else
snug::lru_cache<int, int> cache;  // a cache without a limit is a leak
#endif
