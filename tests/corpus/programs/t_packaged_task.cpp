// expect: warning of false-sharing flags: -pthread
#include <future>
#include <thread>
#include <vector>
struct Bin {  // before
struct alignas(64) Bin {  // after
  int count[3] = {0, 0, 0};
};
static std::vector<Bin> bins;
static int classify(int which, const std::vector<int>& values) {
  for (int v : values) bins[which].count[v % 3]++;
  return bins[which].count[0];
}
int main() {
  std::vector<int> values(1000000, 7);
  bins.resize(4);
  std::vector<std::thread> threads;
  std::vector<std::future<int>> answers;
  for (int i = 0; i < 4; ++i) {
    std::packaged_task<int(int, const std::vector<int>&)> task(classify);
    answers.push_back(task.get_future());
    threads.emplace_back(std::move(task), i, std::cref(values));
  }
  for (auto& t : threads) t.join();
}
