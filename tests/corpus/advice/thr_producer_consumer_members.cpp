// expect: warning of false-sharing
#include <atomic>
#include <thread>
class Pipeline {
public:
  void start() { in_ = std::thread(&Pipeline::read_loop, this); out_ = std::thread(&Pipeline::write_loop, this); }
  void stop() { quit_ = true; in_.join(); out_.join(); }
private:
  void read_loop() { while (!quit_.load()) received_.fetch_add(1, std::memory_order_relaxed); }
  void write_loop() { while (!quit_.load()) sent_.fetch_add(1, std::memory_order_relaxed); }
  std::thread in_, out_;
  alignas(64) std::atomic<bool> quit_{false};
  alignas(64) std::atomic<unsigned long> received_{0};
  std::atomic<unsigned long> sent_{0};  // before
  alignas(64) std::atomic<unsigned long> sent_{0};  // after
};
int main() { Pipeline p; p.start(); p.stop(); }
