// expect: silent of false-sharing flags: -pthread
#include <array>
#include <atomic>
#include <functional>
#include <new>
#include <thread>
#include <vector>
class ShardedCounter {
 public:
  void add(long n) { shard().value.fetch_add(n, std::memory_order_relaxed); }
  long sum() const {
    long s = 0;
    for (const Shard& x : shards_) s += x.value.load();
    return s;
  }

 private:
  struct alignas(64) Shard { std::atomic<long> value{0}; };
  Shard& shard() { return shards_[std::hash<std::thread::id>{}(std::this_thread::get_id()) % shards_.size()]; }
  std::array<Shard, 16> shards_;
};
int main() {
  ShardedCounter c;
  std::vector<std::jthread> t;
  for (int i = 0; i < 8; ++i) t.emplace_back([&] { for (int n = 0; n < 100000; ++n) c.add(1); });
}
