// expect: warning of false-sharing flags: -pthread
#include <condition_variable>
#include <coroutine>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>
class Pool {
 public:
  explicit Pool(unsigned n) {
    for (unsigned i = 0; i < n; ++i) workers_.emplace_back([this] { loop(); });
  }
  ~Pool() {
    { std::lock_guard g(mutex_); done_ = true; }
    cv_.notify_all();
    for (auto& w : workers_) w.join();
  }
  void post(std::coroutine_handle<> h) {
    { std::lock_guard g(mutex_); ready_.push_back(h); }
    cv_.notify_one();
  }
  struct Hop {
    Pool& pool;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h) { pool.post(h); }
    void await_resume() const noexcept {}
  };
  Hop hop() { return {*this}; }

 private:
  void loop() {
    for (;;) {
      std::unique_lock lock(mutex_);
      cv_.wait(lock, [this] { return done_ || !ready_.empty(); });
      if (ready_.empty()) return;
      auto h = ready_.front();
      ready_.pop_front();
      lock.unlock();
      h.resume();
    }
  }
  std::mutex mutex_;
  std::condition_variable cv_;
  std::deque<std::coroutine_handle<>> ready_;
  std::vector<std::thread> workers_;
  bool done_ = false;
};
struct Fire {
  struct promise_type {
    Fire get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
struct Traffic {
  long uploads = 0;
  alignas(64)  // after
  long downloads = 0;
};
Fire upload(Pool& pool, Traffic& t) {
  co_await pool.hop();
  for (int i = 0; i < 1000000; ++i) t.uploads += i & 1;
}
Fire download(Pool& pool, Traffic& t) {
  co_await pool.hop();
  for (int i = 0; i < 1000000; ++i) t.downloads += i & 3;
}
int main() {
  Traffic traffic;
  Pool pool(4);
  upload(pool, traffic);
  download(pool, traffic);
}
