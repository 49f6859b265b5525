// error: lazy<T> holds a value: T must not be a reference, an array, const or volatile
#include <snug/lazy.hpp>

#ifdef SNUG_EXPECT_OK
snug::lazy<int> l;
#else
snug::lazy<volatile int> l;
#endif
