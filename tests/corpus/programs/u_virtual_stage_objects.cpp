// expect: warning of false-sharing flags: -pthread
#include <memory>
#include <thread>
#include <vector>
struct Totals {
  long scanned = 0;
  alignas(64)  // after
  long matched = 0;
};
struct Step {
  virtual ~Step() = default;
  virtual void run(Totals& totals) = 0;
};
struct Scan : Step {
  void run(Totals& t) override { for (int i = 0; i < 10000000; ++i) t.scanned += i & 1; }
};
struct Match : Step {
  void run(Totals& t) override { for (int i = 0; i < 10000000; ++i) t.matched += i & 1; }
};
int main() {
  Totals totals;
  std::vector<std::unique_ptr<Step>> steps;
  steps.push_back(std::make_unique<Scan>());
  steps.push_back(std::make_unique<Match>());
  std::vector<std::jthread> threads;
  for (auto& step : steps) threads.emplace_back([&step, &totals] { step->run(totals); });
}
