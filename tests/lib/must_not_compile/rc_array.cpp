// error: rc<T> owns an object: T must not be a reference, an array or volatile
#include <snug/rc.hpp>

#ifdef SNUG_EXPECT_OK
snug::rc<int> value;
#else
snug::rc<int[3]> value;
#endif
