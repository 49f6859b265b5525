// expect: silent
#include <thread>
#include <vector>
void fill(std::vector<int>& data, int begin, int end) { for (int i = begin; i < end; ++i) data[i] = i; }
int main() {
  std::vector<int> data(80000);
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) threads.emplace_back(fill, std::ref(data), t * 10000, (t + 1) * 10000);
  for (auto& t : threads) t.join();
}
