// expect: warning
#include <thread>
struct Shared { long by_main = 0; long by_worker = 0; };
Shared shared;
int main() {
  std::thread worker([] { for (int i = 0; i < 100000; ++i) shared.by_worker++; });  // flip
  for (int i = 0; i < 100000; ++i) shared.by_main++;
  worker.join();  // flip
}
