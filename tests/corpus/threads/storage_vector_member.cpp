// expect: warning
// A vector that is a member of the class that the lambdas capture by this.
#include <thread>
#include <vector>
class Histogram {
 public:
  explicit Histogram(unsigned n) : parts_(n) {}
  void fill(const std::vector<int>& data) {
    std::vector<std::thread> ts;
    for (unsigned me = 0; me < parts_.size(); ++me) {
      ts.emplace_back([this, me, &data] {
        for (int v : data) parts_[me].sum += v;
      });
    }
    for (auto& t : ts) t.join();
  }
 private:
  struct /*after: alignas(64)*/ Part {
    double sum = 0;
  };
  std::vector<Part> parts_;
};
int main() {
  Histogram h(8);
  h.fill(std::vector<int>(100000, 1));
}
