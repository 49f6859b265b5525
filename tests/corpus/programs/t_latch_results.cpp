// expect: warning of false-sharing flags: -pthread
#include <latch>
#include <thread>
#include <vector>
struct Tally {
  int hits;
  int misses;
  char line[56];  // after
};
static void probe(Tally* mine, unsigned seed) {
  for (int i = 0; i < 1 << 24; ++i) {
    seed = seed * 1664525u + 1013904223u;
    if (seed >> 31) mine->hits++;
    else mine->misses++;
  }
}
int main() {
  const unsigned n = std::thread::hardware_concurrency();
  std::vector<Tally> tallies(n);
  std::latch done(n);
  for (unsigned i = 0; i < n; ++i) {
    std::thread([&done, &tallies, i] {
      probe(&tallies[i], i);
      done.count_down();
    }).detach();
  }
  done.wait();
}
