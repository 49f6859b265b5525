// expect: nothing of node-indirection
#include <list>
struct Task {
  int id;
  double cost;
};
class View {
 public:
  void add(Task* task) { tasks_.push_back(task); }

 private:
  std::list<Task*> tasks_;
};
View view;
