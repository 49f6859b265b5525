// expect: warning
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

namespace rt {
static thread_local unsigned shard_of_thread = 0;
unsigned this_shard() { return shard_of_thread; }
void on_all_shards(const std::function<void()>& work) {
  std::vector<std::thread> shards;
  for (unsigned i = 0; i < 8; ++i) {
    shards.emplace_back([i, &work] {
      shard_of_thread = i;
      work();
    });
  }
  for (auto& shard : shards) shard.join();
}
}  // namespace rt

static std::uint64_t total(const std::vector<std::uint32_t>& sizes) {
  std::vector<std::uint64_t> sums(8);
  rt::on_all_shards([&] {
    for (std::uint32_t size : sizes) sums[rt::this_shard()] += size;
  });
  std::uint64_t all = 0;
  for (std::uint64_t sum : sums) all += sum;
  return all;
}

int main() { return total(std::vector<std::uint32_t>(1000000, 3)) == 0; }
