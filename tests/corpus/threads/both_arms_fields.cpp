// expect: warning
// Two threads, each writes its own field in both arms of a switch or an if.
#include <thread>
struct Meters {
  long left = 0;
  /*after: alignas(64)*/ long right = 0;
};
static Meters meters;
static void l() {
  for (int i = 0; i < 100000000; ++i) {
    switch (i & 3) {
      case 0: meters.left += 1; break;
      case 1: meters.left += 2; break;
      default: meters.left += 3; break;
    }
  }
}
static void r() {
  for (int i = 0; i < 100000000; ++i)
    meters.right += i & 1 ? 5 : 7;
}
int main() {
  std::thread a(l), b(r);
  a.join();
  b.join();
}
