// expect: warning
// The thread function gets a pointer into the array.
#include <cstdint>
#include <thread>
#include <vector>
static void count_up(std::uint64_t* slot, int rounds) {
  for (int i = 0; i < rounds; ++i) *slot += static_cast<std::uint64_t>(i);
}
int main() {
  std::vector<std::uint64_t> slots(64);
  std::vector<std::thread> ts;
  for (int i = 0; i < 8; ++i) ts.emplace_back(count_up, &slots[i * 1/*after: 8*/], 100000000);
  for (auto& t : ts) t.join();
  return slots[0] == 1;
}
