// expect: warning of false-sharing flags: -pthread
#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>
class Epochs {
 public:
  explicit Epochs(std::size_t threads) : local_(threads) {}
  void enter(std::size_t tid) { local_[tid].value.store(global_.load(std::memory_order_relaxed), std::memory_order_release); }
  void leave(std::size_t tid) { local_[tid].value.store(0, std::memory_order_release); }

 private:
  struct Local {  // before
  struct alignas(64) Local {  // after
    std::atomic<std::uint64_t> value{0};
  };
  alignas(64) std::atomic<std::uint64_t> global_{1};
  alignas(64) std::vector<Local> local_;
};
int main() {
  Epochs epochs(8);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 8; ++t) {
    threads.emplace_back([&epochs, t] {
      for (int i = 0; i < 1000000; ++i) {
        epochs.enter(t);
        epochs.leave(t);
      }
    });
  }
  for (auto& t : threads) t.join();
}
