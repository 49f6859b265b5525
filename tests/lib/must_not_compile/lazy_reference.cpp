// error: sync_lazy<T> holds a value: T must not be a reference, an array, const or volatile
#include <snug/lazy.hpp>

#ifdef SNUG_EXPECT_OK
snug::sync_lazy<int> value;
#else
snug::sync_lazy<const int> value;
#endif
