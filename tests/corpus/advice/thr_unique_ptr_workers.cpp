// expect: warning of false-sharing
#include <memory>
#include <thread>
#include <vector>
struct Worker {
  long* counter = nullptr;
  std::thread t;
  void go() { t = std::thread([this] { for (int i = 0; i < 10000000; ++i) ++*counter; }); }
};
int main() {
  auto counters = std::make_unique<long[]>(8);  // before
  auto counters = std::make_unique<long[]>(8 * 16);  // after
  std::vector<std::unique_ptr<Worker>> ws;
  for (int i = 0; i < 8; ++i) {
    auto w = std::make_unique<Worker>();
    w->counter = &counters[i];  // before
    w->counter = &counters[i * 16];  // after
    ws.push_back(std::move(w));
  }
  for (auto& w : ws) w->go();
  for (auto& w : ws) w->t.join();
}
