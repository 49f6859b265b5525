// error: SNUG_CACHE_LINE must be a power of two between 16 and 4096
#ifdef SNUG_EXPECT_OK
#define SNUG_CACHE_LINE 128
#else
#define SNUG_CACHE_LINE 100
#endif
#include <snug/padded.hpp>

#ifdef SNUG_EXPECT_OK
static_assert(sizeof(snug::padded<char>) == 128);
#endif
