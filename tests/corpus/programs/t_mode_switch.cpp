// expect: nothing of false-sharing flags: -pthread
#include <mutex>
#include <thread>
struct Log { long reads = 0; long writes = 0; std::mutex m; };
static void work(Log& log, bool reading) {
  for (int i = 0; i < 1000000; ++i) {
    std::lock_guard<std::mutex> lock(log.m);
    if (reading) ++log.reads; else ++log.writes;
  }
}
int main() {
  Log log;
  std::thread a(work, std::ref(log), true);
  std::thread b(work, std::ref(log), false);
  a.join();
  b.join();
}
