// expect: warning of false-sharing
#include <algorithm>
#include <array>
#include <execution>
#include <numeric>
#include <vector>
std::array<long, 8> bucket_totals(const std::vector<std::vector<int>>& buckets) {
  std::array<long, 8> totals{};
  std::array<int, 8> ids;
  std::iota(ids.begin(), ids.end(), 0);
  std::for_each(std::execution::par, ids.begin(), ids.end(), [&](int id) {
    long total = 0;  // after
    for (int value : buckets[id]) totals[id] += value;  // before
    for (int value : buckets[id]) total += value;  // after
    totals[id] = total;  // after
  });
  return totals;
}
int main() {
  std::vector<std::vector<int>> b(8, std::vector<int>(100000, 1));
  return static_cast<int>(bucket_totals(b)[0]);
}
