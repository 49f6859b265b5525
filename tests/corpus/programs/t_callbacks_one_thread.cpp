// expect: silent of false-sharing flags: -pthread
#include <functional>
#include <thread>
#include <vector>
struct Seen { long keys = 0; long clicks = 0; };
int main() {
  Seen seen;
  std::vector<std::function<void(int)>> handlers;
  handlers.push_back([&](int k) { seen.keys += k; });
  handlers.push_back([&](int k) { seen.clicks += k; });
  std::thread loop([&] { for (int i = 0; i < 1000000; ++i) for (auto& h : handlers) h(i); });
  loop.join();
}
