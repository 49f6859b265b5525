// expect: warning
// The number of the thread comes from a function of the project.
#include <thread>
#include <vector>
namespace pool {
thread_local int rank = -1;
int current() { return rank; }
}  // namespace pool
struct /*after: alignas(64)*/ Tally {
  long seen = 0;
  long kept = 0;
};
Tally tallies[16];
void scan(const std::vector<int>& in) {
  for (int v : in) {
    tallies[pool::current()].seen += v;
    tallies[pool::current()].kept += v & 1;
  }
}
int main() {
  std::vector<int> in(1000000, 3);
  std::vector<std::jthread> all;
  for (int i = 0; i < 16; ++i) {
    all.emplace_back([i, &in] {
      pool::rank = i;
      scan(in);
    });
  }
}
