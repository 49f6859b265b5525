// The lock first: it lies within one line.
#include <atomic>
#include <cstdint>
#include <mutex>

struct alignas(64) Shard {
  std::mutex lock;
  std::uint64_t hits[6];
};
static_assert(sizeof(Shard) == 128);

Shard shards[16];
