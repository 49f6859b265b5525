// expect: warning of false-sharing flags: -pthread
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>
struct Event { int kind; int size; };
class Bus {
 public:
  void push(Event e) {
    { std::lock_guard g(m_); q_.push_back(e); }
    cv_.notify_one();
  }
  bool pop(Event& e) {
    std::unique_lock l(m_);
    cv_.wait(l, [&] { return closed_ || !q_.empty(); });
    if (q_.empty()) return false;
    e = q_.front();
    q_.pop_front();
    return true;
  }
  void close() {
    { std::lock_guard g(m_); closed_ = true; }
    cv_.notify_all();
  }
 private:
  std::mutex m_;
  std::condition_variable cv_;
  std::deque<Event> q_;
  bool closed_ = false;
};
struct PerWorker {
  long events = 0;
  long bytes = 0;
  char pad[112];  // after
};
class Dispatcher {
 public:
  explicit Dispatcher(int n) : stats_(n) {
    for (int i = 0; i < n; ++i) threads_.emplace_back(&Dispatcher::serve, this, i);
  }
  ~Dispatcher() {
    bus_.close();
    for (auto& t : threads_) t.join();
  }
  Bus& bus() { return bus_; }
 private:
  void serve(int index) {
    Event e;
    while (bus_.pop(e)) {
      stats_[index].events++;
      stats_[index].bytes += e.size;
    }
  }
  Bus bus_;
  std::vector<PerWorker> stats_;
  std::vector<std::thread> threads_;
};
int main() {
  Dispatcher d(8);
  for (int i = 0; i < 1000000; ++i) d.bus().push({i & 3, i & 1023});
}
