// expect: warning of false-sharing flags: -pthread
#include <array>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>
class ShardedMap {
  struct Shard {  // before
  struct alignas(64) Shard {  // after
    std::mutex lock;
    std::unordered_map<std::string, int> map;
    std::size_t hits = 0;
  };
  std::array<Shard, 16> shards_;
  Shard& shard_for(const std::string& key) { return shards_[std::hash<std::string>{}(key) % shards_.size()]; }

 public:
  void add(const std::string& key, int by) {
    Shard& s = shard_for(key);
    std::scoped_lock guard(s.lock);
    s.map[key] += by;
    ++s.hits;
  }
};
int main() {
  ShardedMap map;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&map, t] {
      for (int i = 0; i < 100000; ++i) map.add(std::to_string(i * t), 1);
    });
  }
  for (auto& t : threads) t.join();
}
