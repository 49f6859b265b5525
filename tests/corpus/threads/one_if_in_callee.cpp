// expect: warning
// The if stands in a function that the loop calls.
#include <array>
#include <random>
#include <thread>
struct /*after: alignas(64)*/ Hits {
  unsigned inside = 0;
};
static void sample(Hits& hits, double x, double y) {
  if (x * x + y * y < 1.0) hits.inside += 1;
}
static std::array<Hits, 6> all;
static void throw_darts(unsigned me) {
  std::minstd_rand random(me);
  std::uniform_real_distribution<double> unit;
  for (int i = 0; i < 10000000; ++i) sample(all[me], unit(random), unit(random));
}
int main() {
  std::array<std::thread, 6> threads;
  for (unsigned i = 0; i < 6; ++i) threads[i] = std::thread(throw_darts, i);
  for (auto& t : threads) t.join();
}
