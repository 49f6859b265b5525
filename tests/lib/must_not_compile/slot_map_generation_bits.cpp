// error: a generation has between 1 and 32 bits
#include <snug/slot_map.hpp>

#ifdef SNUG_EXPECT_OK
snug::slot_handle<int, 12> h;
#else
snug::slot_handle<int, 40> h;
#endif
