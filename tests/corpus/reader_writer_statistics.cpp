// expect: warning
#include <atomic>
#include <thread>
struct Device { std::atomic<long> received{0}; std::atomic<long> sent{0}; };
void receive(Device& d) { while (d.received.fetch_add(1, std::memory_order_relaxed) < 100000) {} }
void send(Device& d) { while (d.sent.fetch_add(1, std::memory_order_relaxed) < 100000) {} }
int main() {
  Device device;
  std::thread r(receive, std::ref(device));
  std::thread s(send, std::ref(device));
  r.join();
  s.join();
}
