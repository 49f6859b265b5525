// expect: warning
#include <cstddef>
#include <functional>
#include <vector>
namespace folly {
class CPUThreadPoolExecutor {
 public:
  explicit CPUThreadPoolExecutor(std::size_t n);
  void add(std::function<void()> f);
  void join();
};
}  // namespace folly
struct /*after: alignas(64)*/ Acc { double v = 0; };
int main() {
  std::vector<Acc> acc(8);
  folly::CPUThreadPoolExecutor pool(8);
  for (int i = 0; i < 8; ++i)
    pool.add([&acc, i] { for (int k = 0; k < 1000000; ++k) acc[i].v += k; });
  pool.join();
}
