// expect: warning
// Each thread counts what it finds under one if.
#include <thread>
#include <vector>
struct /*after: alignas(64)*/ Found {
  int primes = 0;
};
static bool is_prime(int n) {
  for (int d = 2; d * d <= n; ++d) {
    if (n % d == 0) return false;
  }
  return n > 1;
}
int main() {
  std::vector<Found> found(4);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&found, t] {
      for (int n = t; n < 1000000; n += 4) {
        if (is_prime(n)) found[t].primes++;
      }
    });
  }
  for (auto& thread : threads) thread.join();
}
