// expect: warning
#include <functional>
#include <thread>
struct Random {
  unsigned state = 1;
  unsigned next() { return state = state * 1664525u + 1013904223u; }
};
static void roll(Random& random) {
  for (int i = 0; i < 100000000; ++i) random.next();
}
int main() {
  Random first;
  /*after: alignas(64)*/ Random second;
  std::thread a(roll, std::ref(first));
  std::thread b(roll, std::ref(second));
  a.join();
  b.join();
}
