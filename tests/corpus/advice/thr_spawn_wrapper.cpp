// expect: warning of false-sharing
#include <pthread.h>
#include <functional>
#include <memory>
namespace os {
class Thread {
  pthread_t h_{};
  std::function<void()> f_;
  static void* tramp(void* p) { static_cast<Thread*>(p)->f_(); return nullptr; }
public:
  explicit Thread(std::function<void()> f) : f_(std::move(f)) { pthread_create(&h_, nullptr, tramp, this); }
  void join() { pthread_join(h_, nullptr); }
};
}
struct Progress { long parsed = 0; long linked = 0; };  // before
struct Progress { long parsed = 0; alignas(64) long linked = 0; };  // after
int main() {
  Progress p;
  os::Thread a([&p] { for (int i = 0; i < 1000000; ++i) p.parsed++; });
  os::Thread b([&p] { for (int i = 0; i < 1000000; ++i) p.linked++; });
  a.join(); b.join();
  return p.parsed == p.linked ? 0 : 1;
}
