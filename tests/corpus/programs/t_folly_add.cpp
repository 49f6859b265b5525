// expect: warning of false-sharing
#include <functional>
#include <memory>
#include <vector>
namespace folly {
template <class T> using Function = std::function<T>;
class Executor {
 public:
  virtual ~Executor() = default;
  virtual void add(Function<void()>) = 0;
};
class CPUThreadPoolExecutor : public Executor {
 public:
  explicit CPUThreadPoolExecutor(std::size_t);
  void add(Function<void()>) override;
  void join();
};
}  // namespace folly
struct Shard {
  long rows = 0;
  long bytes = 0;
  char apart[112];  // after
};
long scan(const std::vector<std::vector<int>>& tables) {
  folly::CPUThreadPoolExecutor pool(8);
  std::vector<Shard> shards(tables.size());
  for (std::size_t i = 0; i < tables.size(); ++i) {
    pool.add([&shards, &tables, i] {
      for (int row : tables[i]) {
        shards[i].rows++;
        shards[i].bytes += row;
      }
    });
  }
  pool.join();
  long rows = 0;
  for (auto& s : shards) rows += s.rows;
  return rows;
}
