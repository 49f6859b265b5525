// expect: warning
#include <atomic>
#include <thread>
#include <vector>
std::atomic<int> next_id;
thread_local int my_id = next_id++;
struct Counters { std::atomic<long> slots[16]; };
Counters counters;
void work() { for (int i = 0; i < 100000; ++i) counters.slots[my_id % 16].fetch_add(1); }
int main() {
  std::vector<std::thread> threads;
  for (int t = 0; t < 16; ++t) threads.emplace_back(work);
  for (auto& thread : threads) thread.join();
}
