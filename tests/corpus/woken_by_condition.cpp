// expect: silent
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
struct Service { long ticks = 0; long wakes = 0; std::mutex mutex; std::condition_variable ready; bool stop = false; };
Service service;
void tick() {
  for (int i = 0; i < 1000; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    service.ticks++;
  }
}
void serve() {
  while (!service.stop) {
    { std::unique_lock<std::mutex> lock(service.mutex); service.ready.wait(lock); }
    service.wakes++;
  }
}
int main() {
  std::thread a(tick);
  std::thread b(serve);
  a.join();
  service.stop = true;
  b.join();
}
