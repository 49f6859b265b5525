// expect: warning of false-sharing flags: -pthread
#include <coroutine>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>
struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
class Executor {
 public:
  explicit Executor(int n) {
    for (int i = 0; i < n; ++i) threads_.emplace_back([this] { run(); });
  }
  struct Schedule {
    Executor& on;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h) { on.push(h); }
    void await_resume() const noexcept {}
  };
  Schedule schedule() { return {*this}; }
  void push(std::coroutine_handle<> h) {
    std::lock_guard lock(mutex_);
    ready_.push_back(h);
  }

 private:
  void run() {
    for (;;) {
      std::coroutine_handle<> next;
      {
        std::lock_guard lock(mutex_);
        if (ready_.empty()) continue;
        next = ready_.front();
        ready_.pop_front();
      }
      next.resume();
    }
  }
  std::mutex mutex_;
  std::deque<std::coroutine_handle<>> ready_;
  std::vector<std::jthread> threads_;
};
struct Count {  // before
struct alignas(64) Count {  // after
  long words = 0;
};
Task count_words(Executor& pool, const char* text, Count& into) {
  co_await pool.schedule();
  for (; *text; ++text) {
    if (*text == ' ') into.words++;
  }
}
int main() {
  Executor pool(4);
  Count counts[16];
  for (int i = 0; i < 16; ++i) count_words(pool, "a b c d", counts[i]);
  std::this_thread::sleep_for(std::chrono::seconds(1));
}
