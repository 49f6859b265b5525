// expect: warning
#include <thread>
#include <vector>

static long cost[8];

static void worker(int id) {
  for (int i = 0; i < 100000000; ++i) {
    if (i % 3 == 0) {
      cost[id] += 1;
    } else {
      cost[id] += 2;
    }
  }
}

int main() {
  std::vector<std::thread> threads;
  for (int id = 0; id < 8; ++id) threads.emplace_back(worker, id);
  for (auto& thread : threads) thread.join();
  return cost[0] == 0;
}
