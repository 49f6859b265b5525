// error: box<T> owns a value: T must not be a reference, an array, const or volatile
#include <snug/box.hpp>

#ifdef SNUG_EXPECT_OK
snug::box<int> value;
#else
snug::box<const int> value;
#endif
