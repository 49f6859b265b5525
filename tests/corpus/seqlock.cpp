// expect: silent
#include <atomic>
#include <thread>
struct Seq { std::atomic<unsigned> version{0}; long data[4] = {}; };
Seq seq;
void write(int v) { seq.version.fetch_add(1); for (long& d : seq.data) d = v; seq.version.fetch_add(1); }
long read() { unsigned before, after; long sum; do { before = seq.version; sum = 0; for (long d : seq.data) sum += d; after = seq.version; } while (before != after || (before & 1)); return sum; }
int main() {
  std::thread w([] { for (int i = 0; i < 100000; ++i) write(i); });
  std::thread r([] { for (int i = 0; i < 100000; ++i) read(); });
  w.join();
  r.join();
}
