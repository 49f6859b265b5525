// A list of pointers to records: two allocations and two pointers to follow for each task.
#include <cstdio>
#include <list>
#include <memory>
#include <string>

struct Task {
  int priority;
  std::string name;
};

int main() {
  std::list<std::unique_ptr<Task>> queue;  // expect: node-indirection "a node of 24 bytes"
  for (int i = 0; i < 1000; ++i) {
    queue.push_back(std::make_unique<Task>(Task{i % 10, "task " + std::to_string(i)}));
  }
  for (auto it = queue.begin(); it != queue.end();) {
    it = (*it)->priority == 3 ? queue.erase(it) : std::next(it);
  }
  long sum = 0;
  for (const auto& task : queue) sum += task->priority + long(task->name.size());
  std::printf("%zu %ld\n", queue.size(), sum);
}
