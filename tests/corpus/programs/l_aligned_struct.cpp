// expect: warning of line-straddle
#include <atomic>
#include <cstdint>
#pragma pack(push, 4)  // before
struct alignas(64) Header {
  char magic[60];  // before
  char magic[56];  // after
  std::uint64_t sequence;
  char rest[56];
};
#pragma pack(pop)  // before
static Header headers[32];
std::uint64_t next(int i) { return ++headers[i].sequence; }
