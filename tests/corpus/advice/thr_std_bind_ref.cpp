// expect: warning of false-sharing
#include <functional>
#include <thread>
static void bump(int& n, int times) { while (times-- > 0) ++n; }
int main() {
  int hits[2] = {0, 0};  // before
  int hits[64] = {0, 0};  // after
  std::thread a(std::bind(bump, std::ref(hits[0]), 1000000));
  std::thread b(bump, std::ref(hits[1]), 1000000);  // before
  std::thread b(bump, std::ref(hits[32]), 1000000);  // after
  a.join(); b.join();
  return hits[0];
}
