// expect: silent
#include <mutex>
#include <thread>
#include <vector>
struct Box { std::mutex mutex; long value = 0; };
void add(Box& box) { for (int i = 0; i < 100000; ++i) { std::lock_guard<std::mutex> g(box.mutex); box.value++; } }
int main() {
  Box box;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) threads.emplace_back(add, std::ref(box));
  for (auto& t : threads) t.join();
}
