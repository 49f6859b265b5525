// error: slot_handle
#include <snug/slot_map.hpp>

struct monster {};
struct weapon {};

#ifdef SNUG_EXPECT_OK
bool known(snug::slot_map<monster>& map, snug::slot_map<monster>::handle h) {
  return map.contains(h);
}
#else
bool known(snug::slot_map<monster>& map, snug::slot_map<weapon>::handle h) {
  return map.contains(h);
}
#endif
