// expect: warning
#include <thread>
struct Shared { long fast = 0; long slow = 0; };
struct Task { virtual ~Task() = default; virtual void step(Shared& s) = 0; };
struct Fast : Task { void step(Shared& s) override { s.fast++; } };
struct Slow : Task { void step(Shared& s) override { s.slow++; } };
void loop(Task* task, Shared* s) { for (int i = 0; i < 100000; ++i) task->step(*s); }
int main() {
  Shared shared;
  Fast fast;
  Slow slow;
  std::thread a(loop, &fast, &shared);
  std::thread b(loop, &slow, &shared);
  a.join();
  b.join();
}
