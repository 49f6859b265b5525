// expect: silent
// The same with aligned shards.
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

class alignas(64) Shard {
 public:
  void insert(std::uint64_t key) {
    std::lock_guard<std::mutex> hold(mutex_);
    usage_ += key & 7;
  }

 private:
  std::size_t usage_ = 0;
  std::mutex mutex_;
};

class Cache {
 public:
  Cache() : shards_(new Shard[16]) {}
  void insert(std::uint64_t key) { shards_[key * 0x9E3779B97F4A7C15ull >> 60].insert(key); }

 private:
  std::unique_ptr<Shard[]> shards_;
};

int main() {
  Cache cache;
  std::vector<std::thread> clients;
  for (unsigned t = 0; t < 8; ++t) {
    clients.emplace_back([&cache, t] {
      for (std::uint64_t i = 0; i < 1000000; ++i) cache.insert(i * 8 + t);
    });
  }
  for (auto& client : clients) client.join();
}
