// error: T must be nothrow move constructible; use snug::gen_arena<T>
#include <snug/slot_map.hpp>

struct risky {
  risky() = default;
  risky(const risky&) {}
};

#ifdef SNUG_EXPECT_OK
snug::gen_arena<risky> elements;
#else
snug::slot_map<risky> elements;
#endif
