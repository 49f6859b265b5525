// expect: silent
#include <thread>
struct Config { long size = 0; long used = 0; };
int main() {
  Config config;
  std::thread worker([&] { for (int i = 0; i < 100000; ++i) config.used++; });
  worker.join();  // flip
  for (int i = 0; i < 100000; ++i) config.size += i;
}
