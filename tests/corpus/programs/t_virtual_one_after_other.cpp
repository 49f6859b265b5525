// expect: silent of false-sharing flags: -pthread
#include <memory>
#include <thread>
#include <vector>
struct Sums { long a = 0; long b = 0; };
struct Step { virtual ~Step() = default; virtual void run(Sums&) = 0; };
struct First : Step { void run(Sums& s) override { for (int i = 0; i < 1000000; ++i) s.a += i; } };
struct Second : Step { void run(Sums& s) override { for (int i = 0; i < 1000000; ++i) s.b += i; } };
int main() {
  Sums sums;
  std::vector<std::unique_ptr<Step>> steps;
  steps.push_back(std::make_unique<First>());
  steps.push_back(std::make_unique<Second>());
  std::thread t([&] { for (auto& s : steps) s->run(sums); });
  t.join();
}
