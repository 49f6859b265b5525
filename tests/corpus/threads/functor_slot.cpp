// expect: warning
// A functor is given a pointer to its slot.
#include <thread>
#include <vector>
struct /*after: alignas(64)*/ Result {
  long value = 0;
};
class Summer {
 public:
  Summer(const std::vector<int>& in, Result* out) : in_(&in), out_(out) {}
  void operator()() {
    for (int v : *in_) out_->value += v;
  }
 private:
  const std::vector<int>* in_;
  Result* out_;
};
int main() {
  std::vector<int> in(1000000, 2);
  Result results[8];
  std::vector<std::thread> ts;
  for (int i = 0; i < 8; ++i) ts.emplace_back(Summer(in, &results[i]));
  for (auto& t : ts) t.join();
  return results[0].value == 0;
}
