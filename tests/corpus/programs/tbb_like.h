#pragma once
#include <cstddef>
namespace tbb {
template <class T> class blocked_range {
 public:
  blocked_range(T b, T e);
  T begin() const;
  T end() const;
};
template <class R, class F> void parallel_for(const R& r, const F& f) { f(r); }
template <class T, class F> void parallel_for(T a, T b, const F& f) { for (; a < b; ++a) f(a); }
template <class... F> void parallel_invoke(const F&... f) { (f(), ...); }
class task_group {
 public:
  template <class F> void run(F&& f) { f(); }
  int wait();
};
template <class T> class enumerable_thread_specific {
 public:
  T& local();
};
namespace this_task_arena { int current_thread_index(); int max_concurrency(); }
}
