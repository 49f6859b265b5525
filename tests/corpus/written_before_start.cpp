// expect: silent
#include <thread>
struct Config { long size = 0; long used = 0; };
int main() {
  Config config;
  for (int i = 0; i < 100000; ++i) config.size += i;
  std::thread worker([&] { for (int i = 0; i < 100000; ++i) config.used++; });
  worker.join();
}
