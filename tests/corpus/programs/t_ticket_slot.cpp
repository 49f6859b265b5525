// expect: warning of false-sharing flags: -pthread
#include <atomic>
#include <thread>
#include <vector>
namespace {
std::atomic<unsigned> next_id{0};
unsigned my_id() {
  thread_local unsigned id = next_id.fetch_add(1);
  return id;
}
unsigned long counts[64];  // before
struct alignas(64) Slot { unsigned long v; unsigned long operator++(int) { return v++; } } counts[64];  // after
void on_event() { counts[my_id() % 64]++; }
}  // namespace
int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) threads.emplace_back([] { for (int n = 0; n < 1000000; ++n) on_event(); });
  for (auto& t : threads) t.join();
}
