// error: deleted
#include <snug/arena.hpp>

#include <utility>

#ifdef SNUG_EXPECT_OK
snug::arena pass_on(snug::arena& memory) {
  return std::move(memory);
}
#else
snug::arena pass_on(snug::arena& memory) {
  return memory;
}
#endif
