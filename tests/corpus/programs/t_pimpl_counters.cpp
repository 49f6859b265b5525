// expect: warning of false-sharing flags: -pthread
#include <atomic>
#include <memory>
#include <thread>
class Gateway {
 public:
  Gateway();
  ~Gateway();
  void start();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};
struct Gateway::Impl {
  std::atomic<bool> stop{false};
  alignas(64)  // after
  std::atomic<unsigned long> rx{0};
  alignas(64)  // after
  std::atomic<unsigned long> tx{0};
  alignas(64)  // after
  std::thread reader, writer;
  void read_loop() { while (!stop.load(std::memory_order_relaxed)) rx.fetch_add(1, std::memory_order_relaxed); }
  void write_loop() { while (!stop.load(std::memory_order_relaxed)) tx.fetch_add(1, std::memory_order_relaxed); }
};
Gateway::Gateway() : impl_(std::make_unique<Impl>()) {}
Gateway::~Gateway() {
  impl_->stop = true;
  impl_->reader.join();
  impl_->writer.join();
}
void Gateway::start() {
  impl_->reader = std::thread(&Impl::read_loop, impl_.get());
  impl_->writer = std::thread(&Impl::write_loop, impl_.get());
}
int main() {
  Gateway g;
  g.start();
}
