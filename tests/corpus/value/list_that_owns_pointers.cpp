// expect: note of node-indirection
#include <list>
struct Task {
  int id;
  double cost;
};
class Queue {
 public:
  ~Queue() {
    for (Task* task : tasks_) delete task;
  }
  void add(int id) { tasks_.push_back(new Task{id, 1}); }

 private:
  std::list<Task*> tasks_;
};
Queue queue;
