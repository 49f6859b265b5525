// expect: warning of false-sharing flags: -pthread
#include <memory>
#include <thread>
#include <vector>
struct Stats {
  unsigned long received = 0;
  char apart[64];  // after
  unsigned long written = 0;
};
class Worker {
 public:
  virtual ~Worker() { thread_.join(); }
  explicit Worker(Stats* s) : stats_(s) {}
  void start() { thread_ = std::thread(&Worker::run, this); }

 protected:
  virtual void run() = 0;
  Stats* stats_;

 private:
  std::thread thread_;
};
class Net : public Worker {
 public:
  using Worker::Worker;

 private:
  void run() override { for (int i = 0; i < 1000000; ++i) stats_->received += i & 7; }
};
class Disk : public Worker {
 public:
  using Worker::Worker;

 private:
  void run() override { for (int i = 0; i < 1000000; ++i) stats_->written += i & 3; }
};
int main() {
  Stats stats;
  std::vector<std::unique_ptr<Worker>> workers;
  workers.push_back(std::make_unique<Net>(&stats));
  workers.push_back(std::make_unique<Disk>(&stats));
  for (auto& w : workers) w->start();
}
