// expect: silent
#include <thread>
#include <vector>
struct alignas(64) Slot { long count = 0; };
int main() {
  std::vector<Slot> slots(8);
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) threads.emplace_back([&slots, t] { for (int i = 0; i < 100000; ++i) slots[t].count++; });
  for (auto& t : threads) t.join();
}
