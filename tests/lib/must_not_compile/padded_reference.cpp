// error: padded<T> holds an object: T must not be a reference, a function or an array
#include <snug/padded.hpp>

#ifdef SNUG_EXPECT_OK
snug::padded<int> value;
#else
snug::padded<int[4]> value;
#endif
