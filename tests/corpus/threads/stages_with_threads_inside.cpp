// expect: warning
// Each stage owns its thread and lies beside the next one.
#include <atomic>
#include <thread>
class Stage {
 public:
  void start() {
    thread_ = std::thread([this] {
      while (!stop_.load(std::memory_order_relaxed)) ++handled_;
    });
  }
  void finish() {
    stop_ = true;
    thread_.join();
  }

 private:
  std::thread thread_;
  std::atomic<bool> stop_{false};
  long handled_ = 0;
};
struct Chain {
  Stage decode;
  /*after: alignas(64)*/ Stage filter;
};
int main() {
  Chain chain;
  chain.decode.start();
  chain.filter.start();
  chain.decode.finish();
  chain.filter.finish();
}
