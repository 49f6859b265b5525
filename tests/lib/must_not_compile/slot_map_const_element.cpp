// error: T must not be a reference, an array or const
#include <snug/slot_map.hpp>

#ifdef SNUG_EXPECT_OK
using element = int;
#else
using element = const int;
#endif

snug::slot_map<element>::handle put(snug::slot_map<element>& map) {
  return map.insert(1);
}
