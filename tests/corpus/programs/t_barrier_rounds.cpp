// expect: warning of false-sharing flags: -pthread
#include <barrier>
#include <cmath>
#include <memory>
#include <thread>
#include <vector>
struct Cell {  // before
struct alignas(64) Cell {  // after
  double residual = 0;
  long steps = 0;
};
int main() {
  constexpr int workers = 6;
  auto cells = std::make_unique<Cell[]>(workers);
  std::barrier sync(workers);
  std::vector<std::jthread> threads;
  for (int id = 0; id < workers; ++id) {
    threads.emplace_back([&, id] {
      for (int round = 0; round < 1000; ++round) {
        for (int i = 0; i < 5000; ++i) {
          cells[id].residual += std::sin(i * 0.5 + id);
          cells[id].steps += 1;
        }
        sync.arrive_and_wait();
      }
    });
  }
}
