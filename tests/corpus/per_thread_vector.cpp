// expect: warning
#include <thread>
#include <vector>
void work(std::vector<long>& counts, int t) { for (int i = 0; i < 100000; ++i) counts[t] += i; }
int main() {
  std::vector<long> counts(8);
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) threads.emplace_back(work, std::ref(counts), t);
  for (auto& thread : threads) thread.join();
}
