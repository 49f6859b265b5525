// expect: warning of false-sharing
#include <atomic>
#include <thread>
#include <vector>
struct Snapshot {
  const double* table; unsigned mask;
  std::atomic<long> users{0};  // before
  alignas(64) std::atomic<long> users{0};  // after
};
static Snapshot snap;
static double sum;
static void reader() { double s = 0; for (unsigned i = 0; i < 100000000; ++i) s += snap.table[i & snap.mask]; sum = s; }
static void client() { for (int i = 0; i < 100000000; ++i) { snap.users.fetch_add(1); snap.users.fetch_sub(1); } }
int main() { std::vector<std::thread> ts; ts.emplace_back(reader); ts.emplace_back(client); for (auto& t : ts) t.join(); }
