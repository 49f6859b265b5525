// expect: warning
// The engine refers to a pool of its owner and gives each task a slot by reference.
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>
class Pool {
 public:
  explicit Pool(unsigned n) {
    for (unsigned i = 0; i < n; ++i) workers_.emplace_back([this] { loop(); });
  }
  ~Pool() {
    {
      std::lock_guard lock(mutex_);
      stop_ = true;
    }
    cv_.notify_all();
    for (auto& w : workers_) w.join();
  }
  void enqueue(std::function<void()> task) {
    {
      std::lock_guard lock(mutex_);
      tasks_.push(std::move(task));
    }
    cv_.notify_one();
  }

 private:
  void loop() {
    for (;;) {
      std::function<void()> task;
      {
        std::unique_lock lock(mutex_);
        cv_.wait(lock, [this] { return stop_ || !tasks_.empty(); });
        if (tasks_.empty()) return;
        task = std::move(tasks_.front());
        tasks_.pop();
      }
      task();
    }
  }
  std::mutex mutex_;
  std::condition_variable cv_;
  std::queue<std::function<void()>> tasks_;
  std::vector<std::thread> workers_;
  bool stop_ = false;
};
struct /*after: alignas(64)*/ Cell {
  unsigned hits = 0;
  unsigned misses = 0;
};
class Engine {
 public:
  Engine(Pool& pool, unsigned n) : pool_(pool), cells_(new Cell[n]), n_(n) {}
  void launch() {
    for (unsigned i = 0; i < n_; ++i) {
      Cell& cell = cells_[i];
      pool_.enqueue([&cell] { probe(cell); });
    }
  }

 private:
  static void probe(Cell& cell) {
    for (int i = 0; i < 1000000; ++i) {
      cell.hits += i & 1;
      cell.misses += i & 2;
    }
  }
  Pool& pool_;
  std::unique_ptr<Cell[]> cells_;
  unsigned n_;
};
int main() {
  Pool pool(6);
  Engine engine(pool, 6);
  engine.launch();
}
