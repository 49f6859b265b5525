// expect: warning
#include <atomic>
#include <thread>
class Counter { public: void add() { value_.fetch_add(1); } private: std::atomic<long> value_{0}; };
struct Server { Counter accepted; Counter dropped; };
int main() {
  Server server;
  std::thread a([&] { for (int i = 0; i < 100000; ++i) server.accepted.add(); });
  std::thread b([&] { for (int i = 0; i < 100000; ++i) server.dropped.add(); });
  a.join();
  b.join();
}
