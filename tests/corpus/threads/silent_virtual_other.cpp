// expect: silent
// run() of the class that is started counts for itself; the other one is never started.
#include <thread>
struct Base { virtual ~Base() = default; virtual void run() = 0; };
struct Board { long a = 0; long b = 0; };
static Board board;
struct First : Base { void run() override { for (int i = 0; i < 100000; ++i) ++board.a; } };
struct Second : Base { void run() override { for (int i = 0; i < 100000; ++i) ++board.b; } };
int main() {
  First f;
  std::thread t([&f] { f.run(); });
  t.join();
  Second s;
  s.run();
}
