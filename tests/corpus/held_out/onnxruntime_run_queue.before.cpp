// Project: ONNX Runtime, #6298 (RunQueue of its thread pool, after that of Eigen).
// Fault: the main thread moves the back of a queue, its worker the front, on one line.
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

template <typename Work, unsigned size>
class RunQueue {
 public:
  // Only the thread that owns the queue takes from its front.
  Work pop_front() {
    const unsigned front = front_.load(std::memory_order_relaxed);
    Element& element = array_[front & (size - 1)];
    if (element.state.load(std::memory_order_acquire) != ready) return Work();
    front_.store(front + 1, std::memory_order_relaxed);
    Work work = std::move(element.work);
    element.state.store(empty, std::memory_order_release);
    return work;
  }
  // Any thread adds at the back.
  bool push_back(Work work) {
    const std::lock_guard<std::mutex> guard(mutex_);
    const unsigned back = back_.load(std::memory_order_relaxed);
    Element& element = array_[(back - 1) & (size - 1)];
    if (element.state.load(std::memory_order_acquire) != empty) return false;
    back_.store(back - 1, std::memory_order_relaxed);
    element.work = std::move(work);
    element.state.store(ready, std::memory_order_release);
    return true;
  }
  bool is_empty() const {
    return front_.load(std::memory_order_acquire) == back_.load(std::memory_order_acquire);
  }

 private:
  static constexpr unsigned char empty = 0;
  static constexpr unsigned char ready = 1;
  struct Element {
    std::atomic<unsigned char> state{empty};
    Work work;
  };
  std::mutex mutex_;
  std::atomic<unsigned> front_{0};
  std::atomic<unsigned> back_{0};
  Element array_[size];
};

class ThreadPool {
 public:
  using Task = std::function<void()>;

  explicit ThreadPool(unsigned count) {
    for (unsigned i = 0; i < count; ++i) queues_.push_back(std::make_unique<Queue>());
    for (unsigned i = 0; i < count; ++i) threads_.emplace_back([this, i] { worker_loop(i); });
  }
  ~ThreadPool() {
    done_.store(true);
    for (std::thread& thread : threads_) thread.join();
  }
  void schedule(unsigned index, Task task) {
    while (!queues_[index % queues_.size()]->push_back(task)) std::this_thread::yield();
  }

 private:
  using Queue = RunQueue<Task, 1024>;

  void worker_loop(unsigned index) {
    Queue& queue = *queues_[index];
    while (!done_.load(std::memory_order_relaxed) || !queue.is_empty())
      if (const Task task = queue.pop_front()) task();
  }

  std::vector<std::unique_ptr<Queue>> queues_;
  std::vector<std::thread> threads_;
  std::atomic<bool> done_{false};
};

int main() {
  ThreadPool pool(4);
  for (unsigned i = 0; i < 1000000; ++i) pool.schedule(i, [] {});
}
