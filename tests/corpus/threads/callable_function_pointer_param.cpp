// expect: warning
// Two plain functions are handed to a helper that starts a thread for each.
#include <thread>
#include <vector>
using Body = void (*)();
static std::thread launch(Body body) {
  return std::thread([body] { body(); });
}
static long reads;
/*after: alignas(64)*/ static long writes;
static void reader() {
  for (int i = 0; i < 10000000; ++i) ++reads;
}
static void writer() {
  for (int i = 0; i < 10000000; ++i) ++writes;
}
int main() {
  std::thread a = launch(reader);
  std::thread b = launch(&writer);
  a.join();
  b.join();
}
