// expect: warning of false-sharing flags: -pthread
#include <atomic>
#include <memory>
#include <thread>
#include <vector>
struct Counters {
  std::atomic<long> sent{0};
  char pad[56];  // after
  std::atomic<long> received{0};
};
struct Task {
  virtual ~Task() = default;
  virtual void run() = 0;
};
struct Sender : Task {
  Counters* c;
  explicit Sender(Counters* counters) : c(counters) {}
  void run() override { while (c->sent.fetch_add(1) < 1000000) {} }
};
struct Receiver : Task {
  Counters* c;
  explicit Receiver(Counters* counters) : c(counters) {}
  void run() override { while (c->received.fetch_add(1) < 1000000) {} }
};
int main() {
  auto counters = std::make_unique<Counters>();
  std::vector<std::unique_ptr<Task>> tasks;
  tasks.emplace_back(new Sender(counters.get()));
  tasks.emplace_back(new Receiver(counters.get()));
  std::vector<std::thread> pool;
  for (const auto& t : tasks) pool.emplace_back(&Task::run, t.get());
  for (auto& t : pool) t.join();
}
