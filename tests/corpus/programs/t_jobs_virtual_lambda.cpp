// expect: warning of false-sharing flags: -pthread
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>
struct Totals {
  std::uint64_t parsed = 0;
  alignas(64)  // after
  std::uint64_t rendered = 0;
};
class Job {
 public:
  virtual ~Job() = default;
  virtual void run() = 0;
};
class ParseJob final : public Job {
 public:
  explicit ParseJob(Totals& t) : totals_(t) {}
  void run() override {
    for (int line = 0; line < 5'000'000; ++line) totals_.parsed += line % 3 == 0;
  }

 private:
  Totals& totals_;
};
class RenderJob final : public Job {
 public:
  explicit RenderJob(Totals& t) : totals_(t) {}
  void run() override {
    for (int row = 0; row < 5'000'000; ++row) ++totals_.rendered;
  }

 private:
  Totals& totals_;
};
int main() {
  Totals totals;
  std::vector<std::unique_ptr<Job>> jobs;
  jobs.push_back(std::make_unique<ParseJob>(totals));
  jobs.push_back(std::make_unique<RenderJob>(totals));
  std::vector<std::thread> threads;
  for (auto& job : jobs) threads.emplace_back([&job] { job->run(); });
  for (auto& t : threads) t.join();
}
