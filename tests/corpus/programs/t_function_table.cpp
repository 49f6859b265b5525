// expect: warning of false-sharing flags: -pthread
#include <functional>
#include <thread>
#include <vector>
struct Score {
  int hits = 0;
  char apart[64];  // after
  int misses = 0;
};
int main() {
  Score score;
  std::vector<std::function<void()>> stages;
  stages.push_back([&score] { for (int i = 0; i < 9000000; ++i) score.hits += i & 1; });
  stages.push_back([&score] { for (int i = 0; i < 9000000; ++i) score.misses += i & 2; });
  std::vector<std::thread> threads;
  for (auto& s : stages) threads.emplace_back(s);
  for (auto& t : threads) t.join();
}
