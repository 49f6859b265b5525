// The links are in the task itself: one allocation, one pointer to follow, erased without a search.
#include <cstdio>
#include <string>

#include <snug/intrusive_list.hpp>

struct Task : snug::list_hook<> {
  Task(int p, std::string n) : priority(p), name(std::move(n)) {}
  int priority;
  std::string name;
};

int main() {
  snug::intrusive_list<Task> queue;
  for (int i = 0; i < 1000; ++i) {
    queue.push_back(*new Task(i % 10, "task " + std::to_string(i)));
  }
  for (auto it = queue.begin(); it != queue.end();) {
    Task& task = *it++;
    if (task.priority != 3) continue;
    queue.erase(task);
    delete &task;
  }
  long sum = 0;
  for (const Task& task : queue) sum += task.priority + long(task.name.size());
  std::printf("%zu %ld\n", queue.size(), sum);
  queue.clear_and_dispose([](Task& task) { delete &task; });
}
