// expect: warning
// Each thread keeps a pointer to its own slot of a global array.
#include <atomic>
#include <thread>
#include <vector>
struct /*after: alignas(64)*/ Counter {
  long events = 0;
};
static Counter counters[64];
static std::atomic<int> used{0};
static thread_local Counter* mine = nullptr;
static void event() {
  if (mine == nullptr) mine = &counters[used.fetch_add(1)];
  ++mine->events;
}
static void work() {
  for (int i = 0; i < 10000000; ++i) event();
}
int main() {
  std::vector<std::thread> ts;
  for (int i = 0; i < 8; ++i) ts.emplace_back(work);
  for (auto& t : ts) t.join();
}
