// expect: warning of padding
#include <atomic>
#include <vector>
struct Queue {
  alignas(64) std::atomic<unsigned> head; char a; long b; char c; long d; char e; long f; char g; long h; char i; long j; char k; long l; char m;  // before
  alignas(64) std::atomic<unsigned> head; char a, c, e, g, i, k, m; long b, d, f, h, j, l;  // after
  alignas(64) std::atomic<unsigned> tail;
};
static std::vector<Queue> queues(64);
