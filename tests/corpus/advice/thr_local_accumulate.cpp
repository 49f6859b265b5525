// expect: silent of false-sharing
#include <future>
#include <numeric>
#include <vector>
long total(const std::vector<long>& v, int k) {
  std::vector<long> part(static_cast<std::size_t>(k));
  std::vector<std::future<void>> fs;
  for (int w = 0; w < k; ++w)
    fs.push_back(std::async(std::launch::async, [&, w] { long s = 0; for (std::size_t i = static_cast<std::size_t>(w); i < v.size(); i += static_cast<std::size_t>(k)) s += v[i]; part[static_cast<std::size_t>(w)] = s; }));
  for (auto& f : fs) f.get();
  return std::accumulate(part.begin(), part.end(), 0L);
}
