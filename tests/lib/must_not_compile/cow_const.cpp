// error: cow<T> holds a value: T must not be a reference, an array, const or volatile
#include <snug/cow.hpp>

#ifdef SNUG_EXPECT_OK
snug::cow<int> value;
#else
snug::cow<const int> value;
#endif
