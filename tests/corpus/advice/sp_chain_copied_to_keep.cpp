// expect: nothing of shared-ptr-by-value
#include <memory>
#include <vector>
struct Task { int id; };
struct Pool {
  std::vector<std::shared_ptr<Task>> q;
  void push(std::shared_ptr<Task> t) { q.push_back(t); }
};
