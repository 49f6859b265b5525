// error: an alternative must be an object type and no array
#include <snug/compact_variant.hpp>

#ifdef SNUG_EXPECT_OK
snug::compact_variant<int, float> v;
#else
snug::compact_variant<int, float[3]> v;
#endif
