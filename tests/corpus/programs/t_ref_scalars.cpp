// expect: warning of false-sharing flags: -pthread
#include <thread>
void count(const int* v, int n, int digit, long& out) {
  for (int i = 0; i < n; ++i) if (v[i] == digit) ++out;
}
struct Counts {
  long zeros = 0;
  alignas(64)  // after
  long ones = 0;
};
int main() {
  static int data[1 << 20];
  Counts c;
  std::thread a(count, data, 1 << 20, 0, std::ref(c.zeros));
  std::thread b(count, data, 1 << 20, 1, std::ref(c.ones));
  a.join();
  b.join();
}
