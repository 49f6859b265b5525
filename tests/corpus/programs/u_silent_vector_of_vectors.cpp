// expect: silent of false-sharing flags: -pthread
#include <thread>
#include <vector>
int main() {
  std::vector<std::vector<long>> local(8, std::vector<long>(1024));
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&local, t] {
      for (int i = 0; i < 10000000; ++i) local[t][i & 1023] += i;
    });
  for (auto& thread : threads) thread.join();
}
