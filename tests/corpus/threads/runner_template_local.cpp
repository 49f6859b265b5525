// expect: warning
// Lambdas that capture locals go through a template of the project that starts the threads.
#include <thread>
#include <utility>
template <class F, class G>
void both(F&& f, G&& g) {
  std::thread a(std::forward<F>(f));
  std::thread b(std::forward<G>(g));
  a.join();
  b.join();
}
struct Pair {
  long left = 0;
  /*after: alignas(64)*/ long right = 0;
};
int main() {
  /*after: alignas(64)*/ Pair p;
  both(
      [&p] {
        for (int i = 0; i < 1000000; ++i) p.left += i;
      },
      [&p] {
        for (int i = 0; i < 1000000; ++i) p.right += i;
      });
  return p.left == p.right;
}
