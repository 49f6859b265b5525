// expect: silent
#include <thread>
#include <vector>
int main() {
  long results[8] = {};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&results, t] { long sum = 0; for (int i = 0; i < 100000; ++i) sum += i; results[t] = sum; });
  }
  for (auto& t : threads) t.join();
}
