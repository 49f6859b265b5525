// expect: warning
// The element of the thread is written under one `if` of a hot loop.
#include <thread>
#include <vector>
static void count_primes(std::vector<int>& found, int me, int from, int to) {
  for (int n = from; n < to; ++n) {
    bool prime = n > 1;
    for (int d = 2; d * d <= n; ++d) {
      if (n % d == 0) {
        prime = false;
        break;
      }
    }
    if (prime) found[me * 1/*after: 16*/]++;
  }
}
int main() {
  std::vector<int> found(16 * 8);
  std::vector<std::thread> ts;
  for (int i = 0; i < 8; ++i)
    ts.emplace_back(count_primes, std::ref(found), i, i * 100000, (i + 1) * 100000);
  for (auto& t : ts) t.join();
  return found[0];
}
