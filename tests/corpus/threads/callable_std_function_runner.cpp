// expect: warning
// Both threads run a std::function that is known: one object, two writers, nothing is left to guess.
#include <functional>
#include <thread>

struct Traffic {
  long read = 0;
  long written = 0;
};

static void together(const std::function<void()>& a, const std::function<void()>& b) {
  std::thread first([&a] { a(); });
  std::thread second([&b] { b(); });
  first.join();
  second.join();
}

int main() {
  Traffic traffic;
  together(
      [&] {
        for (int i = 0; i < 100000000; ++i) ++traffic.read;
      },
      [&] {
        for (int i = 0; i < 100000000; ++i) ++traffic.written;
      });
  return traffic.read != traffic.written;
}
