// expect: silent
#include <memory>
#include <thread>
#include <vector>
struct Job { long a = 0; long b = 0; void run() { for (int i = 0; i < 100000; ++i) { step(); other(); } } void step() { a++; } void other() { b++; } };
int main() {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    auto job = std::make_unique<Job>();
    threads.emplace_back([job = std::move(job)] { job->run(); });
  }
  for (auto& t : threads) t.join();
}
