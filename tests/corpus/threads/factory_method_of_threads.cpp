// expect: warning
// Methods give the threads of an object.
#include <thread>
#include <vector>
class Monitor {
 public:
  std::jthread watch_cpu() {
    return std::jthread([this] {
      for (int i = 0; i < 10000000; ++i) cpu_ticks_ += i & 1;
    });
  }
  std::jthread watch_disk() { return std::jthread(&Monitor::disk, this); }

 private:
  void disk() {
    for (int i = 0; i < 10000000; ++i) disk_ticks_ += i & 3;
  }
  unsigned long cpu_ticks_ = 0;
  /*after: alignas(64)*/ unsigned long disk_ticks_ = 0;
};
int main() {
  Monitor monitor;
  auto cpu = monitor.watch_cpu();
  auto disk = monitor.watch_disk();
}
