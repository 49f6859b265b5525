// expect: warning of false-sharing
// header: folly_like.h
#include <folly_like.h>
#include <vector>
struct Shard { unsigned long rows = 0; unsigned long bytes = 0; };  // before
struct alignas(128) Shard { unsigned long rows = 0; unsigned long bytes = 0; };  // after
void load(const std::vector<std::vector<int>>& parts) {
  std::vector<Shard> shards(parts.size());
  {
    folly::CPUThreadPoolExecutor executor(16);
    for (std::size_t s = 0; s < parts.size(); ++s) {
      executor.add([&shards, &parts, s] {
        for (int v : parts[s]) {
          shards[s].rows++;
          shards[s].bytes += static_cast<unsigned>(v);
        }
      });
    }
    executor.join();
  }
}
