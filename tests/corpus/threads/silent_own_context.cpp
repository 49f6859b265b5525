// expect: silent
// Each thread builds its own context and counts there; the sum is stored once.
#include <memory>
#include <mutex>
#include <thread>
#include <vector>
struct Context { long in = 0; long out = 0; };
static std::mutex m;
static long total;
static void serve(int rounds) {
  auto ctx = std::make_unique<Context>();
  for (int i = 0; i < rounds; ++i) {
    ctx->in += i;
    ctx->out += 1;
  }
  std::lock_guard hold(m);
  total += ctx->in + ctx->out;
}
int main() {
  std::vector<std::jthread> ts;
  for (int i = 0; i < 8; ++i) ts.emplace_back(serve, 1000000);
}
