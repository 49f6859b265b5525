// expect: warning
// The workers count; the dispatcher reads the limits all the time.
#include <atomic>
#include <thread>
#include <vector>
struct Server {
  int limit = 100;
  int mode = 3;
  /*after: alignas(64)*/ std::atomic<long> requests{0};
};
static Server server;
static void worker() {
  for (int i = 0; i < 10000000; ++i) server.requests.fetch_add(1, std::memory_order_relaxed);
}
static long routes;
static void dispatcher() {
  long sum = 0;
  for (int i = 0; i < 10000000; ++i) {
    if (i % server.limit == server.mode) ++sum;
  }
  routes = sum;
}
int main() {
  std::thread d(dispatcher);
  std::vector<std::thread> ts;
  for (int i = 0; i < 3; ++i) ts.emplace_back(worker);
  for (auto& t : ts) t.join();
  d.join();
}
