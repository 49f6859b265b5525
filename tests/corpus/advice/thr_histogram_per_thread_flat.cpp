// expect: warning of false-sharing
#include <thread>
#include <vector>
#include <cstddef>
std::vector<int> tally(const std::vector<unsigned char>& data, std::size_t workers) {
  std::vector<int> hits(workers * 4);  // before
  std::vector<int> hits(workers * 64);  // after
  std::vector<std::thread> pool;
  for (std::size_t w = 0; w < workers; ++w)
    pool.emplace_back([&, w] {
      for (std::size_t i = w; i < data.size(); i += workers) hits[w * 4 + data[i] % 4] += 1;  // before
      for (std::size_t i = w; i < data.size(); i += workers) hits[w * 64 + data[i] % 4] += 1;  // after
    });
  for (auto& t : pool) t.join();
  return hits;
}
