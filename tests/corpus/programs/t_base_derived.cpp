// expect: warning of false-sharing flags: -pthread
#include <atomic>
#include <thread>
class Service {
 public:
  void beat() { for (int i = 0; i < 1000000; ++i) heartbeats_.fetch_add(1, std::memory_order_relaxed); }

 protected:
  std::atomic<int> heartbeats_{0};
  char gap_[64];  // after
};
class Mailer : public Service {
 public:
  void deliver() { for (int i = 0; i < 1000000; ++i) delivered_.fetch_add(1, std::memory_order_relaxed); }

 private:
  std::atomic<int> delivered_{0};
};
int main() {
  Mailer mailer;
  std::thread pulse([&] { mailer.beat(); });
  std::thread post([&] { mailer.deliver(); });
  pulse.join();
  post.join();
}
