// expect: silent
// Phases: the second begins when the first has been joined, through a stored handle.
#include <thread>
struct Stage {
  std::thread t;
  void wait() { t.join(); }
};
struct Out {
  long parsed = 0;
  long linked = 0;
};
int main() {
  Out out;
  Stage first, second;
  first.t = std::thread([&] { for (int i = 0; i < 100000; ++i) out.parsed += i; });
  first.wait();
  second.t = std::thread([&] { for (int i = 0; i < 100000; ++i) out.linked += i; });
  second.wait();
}
