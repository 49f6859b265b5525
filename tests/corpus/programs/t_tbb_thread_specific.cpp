// expect: silent of false-sharing
// header: tbb_like.h
#include <tbb_like.h>
#include <vector>
struct Local { long hits = 0, misses = 0; };
void run(const std::vector<int>& keys) {
  tbb::enumerable_thread_specific<Local> stats;
  tbb::parallel_for(std::size_t{0}, keys.size(), [&](std::size_t i) {
    Local& l = stats.local();
    if (keys[i] % 7) ++l.hits; else ++l.misses;
  });
}
