// expect: silent
// The same with an aligned element: nothing is shared any more.
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
  struct alignas(64) Sum { std::uint64_t n = 0; };
  std::vector<Sum> sums(8);
  rt::on_all_shards([&] {
    for (std::uint32_t size : sizes) sums[rt::this_shard()].n += size;
  });
  std::uint64_t all = 0;
  for (const Sum& sum : sums) all += sum.n;
  return all;
}

int main() { return total(std::vector<std::uint32_t>(1000000, 3)) == 0; }
