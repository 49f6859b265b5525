// expect: warning
// make_unique<T[]> in a local.
#include <memory>
#include <thread>
#include <vector>
struct /*after: alignas(64)*/ Box {
  int value;
};
int main() {
  auto boxes = std::make_unique<Box[]>(12);
  {
    std::vector<std::jthread> ts;
    for (int i = 0; i < 12; ++i)
      ts.emplace_back([&boxes, i] {
        for (int k = 0; k < 10000000; ++k) boxes[i].value ^= k;
      });
  }
  return boxes[0].value;
}
