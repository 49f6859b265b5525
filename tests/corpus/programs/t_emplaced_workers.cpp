// expect: warning of false-sharing flags: -pthread
#include <memory>
#include <thread>
#include <vector>
struct Tally { unsigned long n = 0; };  // before
struct alignas(64) Tally { unsigned long n = 0; };  // after
class Worker {
 public:
  Worker(Tally* tallies, int id) : tallies_(tallies), id_(id) {}
  void start() { thread_ = std::thread([this] { loop(); }); }
  void join() { thread_.join(); }

 private:
  void loop() { for (int i = 0; i < 1000000; ++i) tallies_[id_].n += i; }
  Tally* tallies_;
  int id_;
  std::thread thread_;
};
int main() {
  std::vector<Tally> tallies(8);
  std::vector<std::unique_ptr<Worker>> workers;
  for (int i = 0; i < 8; ++i) workers.push_back(std::make_unique<Worker>(tallies.data(), i));
  for (auto& w : workers) w->start();
  for (auto& w : workers) w->join();
}
