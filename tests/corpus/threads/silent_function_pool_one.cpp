// expect: silent
// One thread runs all tasks, one after the other.
#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
class Strand {
 public:
  Strand() : t_([this] { loop(); }) {}
  void post(std::function<void()> f) {
    std::lock_guard l(m_);
    q_.push(std::move(f));
    c_.notify_one();
  }
 private:
  void loop() {
    for (;;) {
      std::unique_lock l(m_);
      c_.wait(l, [this] { return !q_.empty(); });
      auto f = std::move(q_.front());
      q_.pop();
      l.unlock();
      f();
    }
  }
  std::mutex m_;
  std::condition_variable c_;
  std::queue<std::function<void()>> q_;
  std::thread t_;
};
struct Two { long a = 0; long b = 0; };
int main() {
  static Two two;
  Strand s;
  s.post([] { for (int i = 0; i < 100000; ++i) ++two.a; });
  s.post([] { for (int i = 0; i < 100000; ++i) ++two.b; });
}
