// expect: silent of false-sharing flags: -pthread
#include <future>
#include <vector>
static double simulate(unsigned seed) {
  double x = seed;
  for (int i = 0; i < 1000000; ++i) x = x * 3.7 * (1 - x / 1000);
  return x;
}
std::vector<double> run(unsigned n) {
  std::vector<double> results(n);
  std::vector<std::future<void>> futures;
  for (unsigned i = 0; i < n; ++i) {
    futures.push_back(std::async(std::launch::async, [&results, i] { results[i] = simulate(i); }));
  }
  for (auto& f : futures) f.get();
  return results;
}
int main() { return static_cast<int>(run(8)[0]); }
