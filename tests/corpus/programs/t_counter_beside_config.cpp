// expect: warning of false-sharing flags: -pthread
#include <atomic>
#include <string>
#include <thread>
#include <vector>
class Router {
 public:
  explicit Router(int mask) : mask_(mask) {}
  int route(int key) {
    requests_.fetch_add(1, std::memory_order_relaxed);
    return key & mask_;
  }
  bool allows(int key) const { return (key & mask_) != 0; }

 private:
  std::atomic<long> requests_{0};
  alignas(64)  // after
  int mask_;
};
int main() {
  Router router(0xff);
  std::vector<std::thread> front, check;
  for (int i = 0; i < 4; ++i)
    front.emplace_back([&router] { volatile int x = 0; for (int k = 0; k < 1000000; ++k) x = router.route(k); });
  for (int i = 0; i < 4; ++i)
    check.emplace_back([&router] { volatile bool x = false; for (int k = 0; k < 1000000; ++k) x = router.allows(k); });
  for (auto& t : front) t.join();
  for (auto& t : check) t.join();
}
