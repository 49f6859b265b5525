// error: create<T> makes objects; for arrays use create_array<T>(count)
#include <snug/arena.hpp>

#ifdef SNUG_EXPECT_OK
auto make(snug::arena& memory) {
  return memory.create_array<int>(4);
}
#else
auto make(snug::arena& memory) {
  return memory.create<int[4]>();
}
#endif
