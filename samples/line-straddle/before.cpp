// Objects that begin on a cache line, with a hot part that lies across the border of two.
#include <atomic>
#include <cstdint>
#include <mutex>

// The lock lies on bytes 48 to 87: to take it costs two lines.
struct alignas(64) Shard {
  std::uint64_t hits[6];
  std::mutex lock;  // expect: line-straddle "'lock'"
};

// No larger than a line and not aligned to one: where it straddles depends on where it lies.
struct Sample {
  std::uint64_t time;
  std::uint64_t values[5];
};

// An array of bytes is read in parts; it may cross a border.
struct alignas(64) Message {
  std::uint64_t id;
  char text[120];
};

Shard shards[16];
Sample samples[16];
Message message;
