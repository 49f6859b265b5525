// expect: warning
// One owner pushes and takes at the bottom, thieves take at the top.
#include <atomic>
#include <thread>
#include <vector>
class WorkDeque {
 public:
  void push(int task) {
    long b = bottom_.load(std::memory_order_relaxed);
    tasks_[b & 1023] = task;
    bottom_.store(b + 1, std::memory_order_release);
  }
  int take() {
    long b = bottom_.load(std::memory_order_relaxed) - 1;
    bottom_.store(b, std::memory_order_seq_cst);
    long t = top_.load(std::memory_order_seq_cst);
    if (t > b) {
      bottom_.store(b + 1, std::memory_order_relaxed);
      return -1;
    }
    return tasks_[b & 1023];
  }
  int steal() {
    long t = top_.load(std::memory_order_acquire);
    long b = bottom_.load(std::memory_order_acquire);
    if (t >= b) return -1;
    int task = tasks_[t & 1023];
    if (!top_.compare_exchange_strong(t, t + 1)) return -1;
    return task;
  }

 private:
  std::atomic<long> top_{0};
  /*after: alignas(64)*/ std::atomic<long> bottom_{0};
  /*after: alignas(64)*/ int tasks_[1024];
};
static WorkDeque deque;
static std::atomic<bool> done{false};
static void owner() {
  for (int i = 0; i < 1000000; ++i) {
    deque.push(i);
    deque.push(i + 1);
    deque.take();
  }
  done = true;
}
static void thief() {
  long got = 0;
  while (!done.load(std::memory_order_relaxed)) got += deque.steal() >= 0;
}
int main() {
  std::thread first(owner);
  std::vector<std::thread> thieves;
  for (int i = 0; i < 3; ++i) thieves.emplace_back(thief);
  first.join();
  for (auto& one : thieves) one.join();
}
