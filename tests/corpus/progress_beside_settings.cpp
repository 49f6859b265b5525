// expect: warning
#include <atomic>
#include <thread>
struct State { long progress = 0; int limit = 100000; };
int main() {
  State state;
  std::thread worker([&] { for (int i = 0; i < 100000; ++i) state.progress = i; });  // flip
  long sum = 0;
  for (int i = 0; i < 100000; ++i) sum += state.limit;
  worker.join();  // flip
  return static_cast<int>(sum & 1);
}
