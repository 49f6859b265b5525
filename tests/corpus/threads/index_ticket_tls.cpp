// expect: warning
// Each thread draws a number once, on its first use.
#include <atomic>
#include <thread>
#include <vector>
std::atomic<int> next_number{0};
int my_number() {
  static thread_local const int number = next_number.fetch_add(1);
  return number;
}
struct Slot {
  std::atomic<long> count{0};
  /*after: char pad[56];*/
};
/*after: alignas(64)*/ Slot slots[32];
void hit() { slots[my_number() % 32].count.fetch_add(1, std::memory_order_relaxed); }
void work() {
  for (int i = 0; i < 10000000; ++i) hit();
}
int main() {
  std::vector<std::thread> ts;
  for (int i = 0; i < 8; ++i) ts.emplace_back(work);
  for (auto& t : ts) t.join();
}
