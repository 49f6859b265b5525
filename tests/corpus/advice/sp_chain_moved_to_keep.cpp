// expect: nothing of shared-ptr-by-value
#include <memory>
#include <vector>
#include <utility>
struct Task { int id; };
struct Pool {
  std::vector<std::shared_ptr<Task>> q;
  void push(std::shared_ptr<Task> t) { q.push_back(std::move(t)); }
  void submit(std::shared_ptr<Task> t) { push(std::move(t)); }
  void post(std::shared_ptr<Task> t) { submit(std::move(t)); }
};
