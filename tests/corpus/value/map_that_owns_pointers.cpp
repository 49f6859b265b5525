// expect: note of node-indirection
#include <map>
struct Task {
  int id;
  double cost;
};
class Registry {
 public:
  void add(int id) { by_id_[id] = new Task{id, 1}; }

 private:
  std::map<int, Task*> by_id_;
};
Registry registry;
