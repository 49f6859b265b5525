// expect: silent of false-sharing flags: -pthread
#include <memory>
#include <thread>
#include <vector>
class Worker {
 public:
  void start() { thread_ = std::thread([this] { loop(); }); }
  void join() { thread_.join(); }
 private:
  void loop() { for (int i = 0; i < 10000000; ++i) { ++steps_; checksum_ ^= i; } }
  std::thread thread_;
  long steps_ = 0;
  long checksum_ = 0;
};
int main() {
  std::vector<std::unique_ptr<Worker>> workers;
  for (int i = 0; i < 8; ++i) workers.push_back(std::make_unique<Worker>());
  for (auto& w : workers) w->start();
  for (auto& w : workers) w->join();
}
