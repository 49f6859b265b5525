// expect: warning
// A static method of a class gives the worker's number, kept in a thread_local of the class.
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>
class Worker {
 public:
  static unsigned id() { return id_; }
  static void bind(unsigned n) { id_ = n; }
 private:
  static inline thread_local unsigned id_ = 0;
};
class Metrics {
 public:
  explicit Metrics(unsigned n) : cells_(std::make_unique<Cell[]>(n)) {}
  void add(std::uint64_t v) { cells_[Worker::id()].value += v; }
 private:
  struct /*after: alignas(64)*/ Cell {
    std::uint64_t value = 0;
  };
  std::unique_ptr<Cell[]> cells_;
};
static void drive(Metrics& m, unsigned n) {
  Worker::bind(n);
  for (std::uint64_t i = 0; i < 50000000; ++i) m.add(i);
}
int main() {
  Metrics m(8);
  std::vector<std::thread> ts;
  for (unsigned i = 0; i < 8; ++i) ts.emplace_back(drive, std::ref(m), i);
  for (auto& t : ts) t.join();
}
