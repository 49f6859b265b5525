// expect: warning of false-sharing flags: -pthread
#include <thread>
#include <vector>
struct Cell { long hits = 0; };  // before
struct alignas(64) Cell { long hits = 0; };  // after
class Probe {
 public:
  Probe(std::vector<Cell>& cells, unsigned me) : cells_(cells), me_(me) {}
  void operator()() {
    unsigned state = me_ + 1;
    for (int i = 0; i < 10'000'000; ++i) {
      state = state * 1664525u + 1013904223u;
      if (state & 1) ++cells_[me_].hits;
    }
  }

 private:
  std::vector<Cell>& cells_;
  unsigned me_;
};
int main() {
  std::vector<Cell> cells(8);
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < 8; ++i) threads.push_back(std::thread(Probe{cells, i}));
  for (auto& t : threads) t.join();
}
