// expect: silent
// Each call has locals of its own.
#include <thread>
#include <vector>
struct Scratch { long a = 0; long b = 0; };
static void fill(Scratch& s) { for (int i = 0; i < 10000; ++i) s.a += i; }
static void drain(Scratch& s) { for (int i = 0; i < 10000; ++i) s.b += i; }
static long job(int n) {
  Scratch s;
  for (int i = 0; i < n; ++i) {
    fill(s);
    drain(s);
  }
  return s.a + s.b;
}
int main() {
  std::vector<std::thread> ts;
  for (int i = 0; i < 8; ++i) ts.emplace_back([i] { volatile long r = job(i); (void)r; });
  for (auto& t : ts) t.join();
}
