// expect: silent of false-sharing flags: -pthread
#include <memory>
#include <thread>
#include <vector>
class Crawler {
 public:
  explicit Crawler(int seed) : seed_(seed) {}
  void run() { for (int i = 0; i < 1000000; ++i) { visited_ += seed_; queued_ += i; } }

 private:
  int seed_;
  long visited_ = 0, queued_ = 0;
};
int main() {
  std::vector<std::unique_ptr<Crawler>> all;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) all.push_back(std::make_unique<Crawler>(i));
  for (auto& c : all) threads.emplace_back(&Crawler::run, c.get());
  for (auto& t : threads) t.join();
}
