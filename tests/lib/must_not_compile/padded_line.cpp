// error: the line of padded<T> must be a power of two
#include <snug/padded.hpp>

#ifdef SNUG_EXPECT_OK
snug::padded<int, 128> value;
#else
snug::padded<int, 96> value;
#endif
