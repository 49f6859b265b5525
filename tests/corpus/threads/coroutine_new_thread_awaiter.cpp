// expect: warning
// What awaits moves the coroutine to a new thread.
#include <coroutine>
#include <thread>
#include <vector>
struct OnNewThread {
  std::vector<std::jthread>& out;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> h) {
    out.emplace_back([h] { h.resume(); });
  }
  void await_resume() const noexcept {}
};
struct Detached {
  struct promise_type {
    Detached get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
class Meter {
 public:
  Detached read(std::vector<std::jthread>& threads) {
    co_await OnNewThread{threads};
    for (int i = 0; i < 1000000; ++i) reads_ += i & 7;
  }
  Detached write(std::vector<std::jthread>& threads) {
    co_await OnNewThread{threads};
    for (int i = 0; i < 1000000; ++i) writes_ += i & 3;
  }

 private:
  unsigned long reads_ = 0;
  /*after: alignas(64)*/ unsigned long writes_ = 0;
};
int main() {
  Meter meter;
  std::vector<std::jthread> threads;
  meter.read(threads);
  meter.write(threads);
}
