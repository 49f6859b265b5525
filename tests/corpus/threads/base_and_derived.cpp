// expect: warning
// One field lies in the base, the other one in the derived class.
#include <atomic>
#include <thread>
struct Node {
  std::atomic<long> received{0};
};
struct Router : Node {
  /*after: alignas(64)*/ std::atomic<long> forwarded{0};
};
static void receive(Router& r) {
  for (int i = 0; i < 10000000; ++i) r.received.fetch_add(1);
}
static void forward(Router& r) {
  for (int i = 0; i < 10000000; ++i) r.forwarded.fetch_add(1);
}
int main() {
  /*after: alignas(64)*/ static Router r;
  std::thread a(receive, std::ref(r));
  std::thread b(forward, std::ref(r));
  a.join();
  b.join();
}
