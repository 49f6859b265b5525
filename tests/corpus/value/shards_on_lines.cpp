// expect: nothing of soa-candidate flags: -pthread
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

struct alignas(64) Shard {
  std::atomic<std::size_t> bytes{0};
  std::atomic<std::size_t> items{0};
};

static Shard shards[256];

static std::size_t total() {
  std::size_t n = 0;
  for (const Shard& shard : shards) n += shard.bytes.load(std::memory_order_relaxed);
  return n;
}

int main() {
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([t] {
      for (int i = 0; i < 1000000; ++i) {
        shards[t].bytes.fetch_add(64);
        shards[t].items.fetch_add(1);
      }
    });
  }
  std::size_t most = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::size_t now = total();
    if (now > most) most = now;
  }
  for (auto& thread : threads) thread.join();
  return most == 1;
}
