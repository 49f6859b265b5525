// expect: warning of false-sharing
// header: tbb_like.h
#include <vector>
#include <tbb_like.h>
struct Acc { double sum = 0; unsigned n = 0; };  // before
struct alignas(64) Acc { double sum = 0; unsigned n = 0; };  // after
double mean(const std::vector<double>& v) {
  std::vector<Acc> acc(tbb::this_task_arena::max_concurrency());
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, v.size()), [&](const tbb::blocked_range<std::size_t>& r) {
    Acc& mine = acc[tbb::this_task_arena::current_thread_index()];
    for (std::size_t i = r.begin(); i != r.end(); ++i) {
      mine.sum += v[i];
      ++mine.n;
    }
  });
  double sum = 0;
  unsigned n = 0;
  for (const Acc& a : acc) { sum += a.sum; n += a.n; }
  return sum / n;
}
