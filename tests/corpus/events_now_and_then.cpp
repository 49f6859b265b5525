// expect: silent
#include <thread>
struct Events { long resized = 0; long dropped = 0; };
bool full(int i);
bool late(int i);
int main() {
  Events events;
  std::thread a([&] {
    for (int i = 0; i < 1000000; ++i) {
      if (full(i)) ++events.resized;
    }
  });
  std::thread b([&] {
    for (int i = 0; i < 1000000; ++i) {
      if (late(i)) ++events.dropped;
    }
  });
  a.join();
  b.join();
}
