// expect: warning
#include <condition_variable>
#include <mutex>
#include <queue>
#include <thread>
template <class T>
class Queue {
 public:
  void push(T v) {
    std::lock_guard lock(m_);
    q_.push(v);
    c_.notify_one();
  }
  T pop() {
    std::unique_lock lock(m_);
    c_.wait(lock, [this] { return !q_.empty(); });
    T v = q_.front();
    q_.pop();
    return v;
  }
 private:
  std::mutex m_;
  std::condition_variable c_;
  std::queue<T> q_;
};
struct Counts {
  long decoded = 0;
  /*after: alignas(64)*/ long encoded = 0;
};
static Counts counts;
static Queue<int> in, out;
int main() {
  std::thread d([] {
    while (int v = in.pop()) {
      counts.decoded += v;
    }
  });
  std::thread e([] {
    while (int v = out.pop()) {
      counts.encoded += v;
    }
  });
  d.join();
  e.join();
}
