// expect: warning of padding
#include <cstdint>
struct Shape {
  std::uint32_t refs = 0;
  const char* name = nullptr;
  std::uint8_t type = 0;
  std::uint8_t sub = 0;
  std::uint64_t user = 0;
#ifdef WITH_DEBUG_DRAWING
  void* drawn = nullptr;
#endif
};
Shape shapes[1000];
