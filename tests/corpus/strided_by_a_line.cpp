// expect: silent
#include <thread>
#include <vector>
int main() {
  long counts[8 * 8] = {};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) threads.emplace_back([&counts, t] { for (int i = 0; i < 100000; ++i) counts[t * 8]++; });
  for (auto& thread : threads) thread.join();
}
