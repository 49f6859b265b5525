// expect: warning of false-sharing flags: -pthread
#include <algorithm>
#include <functional>
#include <thread>
#include <vector>
namespace rt {
using Body = std::function<void(int rank, long begin, long end)>;
void parallel_for(long n, const Body& body, int ranks = 8) {
  std::vector<std::thread> team;
  const long chunk = (n + ranks - 1) / ranks;
  for (int rank = 1; rank < ranks; ++rank)
    team.emplace_back([&body, rank, chunk, n] { body(rank, rank * chunk, std::min(n, (rank + 1) * chunk)); });
  body(0, 0, std::min(n, chunk));
  for (auto& t : team) t.join();
}
}  // namespace rt
struct
alignas(64)  // after
Acc { double sum = 0, square = 0; };
int main() {
  std::vector<double> v(1 << 22, 0.5);
  Acc acc[8];
  rt::parallel_for((long)v.size(), [&](int rank, long begin, long end) {
    for (long i = begin; i < end; ++i) {
      acc[rank].sum += v[i];
      acc[rank].square += v[i] * v[i];
    }
  });
  return acc[0].sum > 1;
}
