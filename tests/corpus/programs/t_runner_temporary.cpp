// expect: warning of false-sharing flags: -pthread
#include <atomic>
#include <thread>
struct Meter {
  std::atomic<unsigned long> in{0};
  alignas(64)  // after
  std::atomic<unsigned long> out{0};
};
class Runner {
 public:
  explicit Runner(std::atomic<unsigned long>& target) : target_(target) {}
  std::thread start() {
    std::atomic<unsigned long>* target = &target_;
    return std::thread([target] { for (int i = 0; i < 1000000; ++i) target->fetch_add(1, std::memory_order_relaxed); });
  }

 private:
  std::atomic<unsigned long>& target_;
};
int main() {
  Meter meter;
  std::thread a = Runner(meter.in).start();
  std::thread b = Runner(meter.out).start();
  a.join();
  b.join();
}
