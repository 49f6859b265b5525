// Project: folly, commit 040d901d00.
// Fault: posters swap the state while the waking thread writes mutex and waiters on the same line.
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

class ThrottledLifoSem {
  struct Waiter {
    std::atomic<bool> woken{false};
    Waiter* next = nullptr;
  };

 public:
  void post() {
    std::uint64_t old = state_.load(std::memory_order_relaxed);
    while (!state_.compare_exchange_weak(old, old + 1)) {
    }
  }
  bool try_wait() {
    std::uint64_t old = state_.load(std::memory_order_relaxed);
    while (old != 0)
      if (state_.compare_exchange_weak(old, old - 1)) return true;
    return false;
  }
  void wait() {
    while (!try_wait()) {
      Waiter waiter;
      {
        const std::lock_guard<std::mutex> guard(mutex_);
        waiter.next = waiters_;
        waiters_ = &waiter;
        ++num_waiters_;
      }
      while (!waiter.woken.load(std::memory_order_acquire)) std::this_thread::yield();
    }
  }
  void wake_one() {
    Waiter* first = nullptr;
    {
      const std::lock_guard<std::mutex> guard(mutex_);
      first = waiters_;
      if (first == nullptr) return;
      waiters_ = first->next;
      --num_waiters_;
    }
    last_wakeup_ = std::chrono::steady_clock::now();
    first->woken.store(true, std::memory_order_release);
  }

 private:
  alignas(64) std::atomic<std::uint64_t> state_{0};
  std::mutex mutex_;
  Waiter* waiters_ = nullptr;
  std::uint64_t num_waiters_ = 0;
  // Only the waking thread uses it.
  alignas(64) std::chrono::steady_clock::time_point last_wakeup_{};
};

void post_all(ThrottledLifoSem& semaphore) {
  for (int i = 0; i < 1000000; ++i) semaphore.post();
}

void wait_all(ThrottledLifoSem& semaphore) {
  for (int i = 0; i < 500000; ++i) semaphore.wait();
}

void wake(ThrottledLifoSem& semaphore) {
  for (int i = 0; i < 1000000; ++i) semaphore.wake_one();
}

int main() {
  ThrottledLifoSem semaphore;
  std::vector<std::thread> threads;
  threads.emplace_back(post_all, std::ref(semaphore));
  threads.emplace_back(wake, std::ref(semaphore));
  for (int i = 0; i < 2; ++i) threads.emplace_back(wait_all, std::ref(semaphore));
  for (std::thread& thread : threads) thread.join();
}
