// expect: nothing of node-indirection
#include <list>
#include <vector>
struct Task { int priority = 0; bool done = false; };
class Scheduler {
 public:
  explicit Scheduler(std::vector<Task>& all) { for (Task& t : all) queue_.push_back(&t); }
  Task* next() {
    Task* t = queue_.front();
    queue_.pop_front();
    return t;
  }

 private:
  std::list<Task*> queue_;
};
Task* f(Scheduler& s) { return s.next(); }
