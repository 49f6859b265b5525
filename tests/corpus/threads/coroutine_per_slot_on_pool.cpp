// expect: warning
// Many coroutines hop to a pool of several threads; each counts in an element of its own.
#include <condition_variable>
#include <coroutine>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>
class Scheduler {
 public:
  explicit Scheduler(int n) {
    for (int i = 0; i < n; ++i) threads_.emplace_back([this] { run(); });
  }
  ~Scheduler() {
    {
      std::lock_guard lock(mutex_);
      stop_ = true;
    }
    wake_.notify_all();
    for (auto& thread : threads_) thread.join();
  }
  auto schedule() {
    struct Awaiter {
      Scheduler* scheduler;
      bool await_ready() const { return false; }
      void await_suspend(std::coroutine_handle<> h) const { scheduler->enqueue(h); }
      void await_resume() const {}
    };
    return Awaiter{this};
  }

 private:
  void enqueue(std::coroutine_handle<> h) {
    {
      std::lock_guard lock(mutex_);
      queue_.push(h);
    }
    wake_.notify_one();
  }
  void run() {
    while (true) {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stop_ || !queue_.empty(); });
      if (queue_.empty()) return;
      std::coroutine_handle<> next = queue_.front();
      queue_.pop();
      lock.unlock();
      next();
    }
  }
  std::vector<std::thread> threads_;
  std::queue<std::coroutine_handle<>> queue_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stop_ = false;
};
struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
struct /*after: alignas(64)*/ Slot {
  long hits = 0;
};
Task scan(Scheduler& scheduler, std::vector<Slot>& slots, int me) {
  co_await scheduler.schedule();
  for (int i = 0; i < 1000000; ++i) slots[me].hits += i & 1;
}
int main() {
  std::vector<Slot> slots(8);
  Scheduler scheduler(8);
  for (int i = 0; i < 8; ++i) scan(scheduler, slots, i);
}
