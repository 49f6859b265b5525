// expect: warning
#include <thread>
#include <vector>
struct Worker { long done = 0; long failed = 0; void run() { for (int i = 0; i < 100000; ++i) done++; } };
int main() {
  std::vector<Worker> workers(8);
  std::vector<std::thread> threads;
  for (auto& worker : workers) threads.emplace_back(&Worker::run, &worker);
  for (auto& thread : threads) thread.join();
}
