// expect: note of false-sharing
#include <atomic>
#include <thread>
#include <vector>
struct Ring {
  std::atomic<unsigned> head{0};  // before
  std::atomic<unsigned> tail{0};  // before
  alignas(64) std::atomic<unsigned> head{0};  // after
  alignas(64) std::atomic<unsigned> tail{0};  // after
  alignas(64) int slots[1024];
  void put(int v) { unsigned t = tail.fetch_add(1); slots[t % 1024] = v; }
  int get() { unsigned h = head.fetch_add(1); return slots[h % 1024]; }
};
static Ring ring;
static void worker() { for (int i = 0; i < 1000000; ++i) { ring.put(i); ring.get(); } }
int main() { std::vector<std::thread> ts; for (int i = 0; i < 4; ++i) ts.emplace_back(worker); for (auto& t : ts) t.join(); }
