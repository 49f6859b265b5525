// Owners that are copied in loops: for nothing, and for a reason.
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <queue>
#include <string>
#include <vector>

struct Node {
  long value = 0;
  std::shared_ptr<Node> next;
};
using Nodes = std::vector<std::shared_ptr<Node>>;

long by_index(const Nodes& nodes) {
  long sum = 0;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    auto node = nodes[i];  // expect: shared-ptr-copy-in-loop "'node' copies 'nodes[i]'"
    if (node) sum += node->value;
  }
  return sum;
}

long by_auto(const Nodes& nodes) {
  long sum = 0;
  for (auto node : nodes) sum += node->value;  // expect: shared-ptr-copy-in-loop "each element of 'nodes'"
  return sum;
}

long by_pair(const std::map<std::string, std::shared_ptr<Node>>& nodes) {
  long sum = 0;
  for (auto entry : nodes) sum += entry.second->value;  // expect: shared-ptr-copy-in-loop "'entry'"
  for (auto [name, node] : nodes) sum += node->value;   // expect: shared-ptr-copy-in-loop "a pair with its owner"
  return sum;
}

// Borrow while walking: a note.
long walk(const std::shared_ptr<Node>& head) {
  long sum = 0;
  for (auto node = head; node; node = node->next) {  // expect: shared-ptr-copy-in-loop "at each step of the walk"
    sum += node->value;
  }
  return sum;
}

// By reference.
long by_reference(const Nodes& nodes) {
  long sum = 0;
  for (const auto& node : nodes) sum += node->value;
  return sum;
}

// The copy is kept.
void collect(const Nodes& nodes, Nodes& large) {
  for (auto node : nodes) {
    if (node->value > 10) large.push_back(std::move(node));
  }
}

// A closure keeps it.
std::vector<std::function<long()>> closures(const Nodes& nodes) {
  std::vector<std::function<long()>> made;
  for (auto node : nodes) made.emplace_back([node] { return node->value; });
  return made;
}

// front() and pop(): what is referred to would be gone.
long drain(std::queue<std::shared_ptr<Node>>& queue) {
  long sum = 0;
  while (!queue.empty()) {
    auto node = queue.front();
    queue.pop();
    sum += node->value;
  }
  return sum;
}

// Under a lock the copy is what is looked at afterwards.
class Current {
 public:
  long watch(int rounds) {
    long sum = 0;
    for (int i = 0; i < rounds; ++i) {
      std::unique_lock<std::mutex> lock(mutex_);
      auto node = node_;
      lock.unlock();
      sum += node->value;
    }
    return sum;
  }

 private:
  std::mutex mutex_;
  std::shared_ptr<Node> node_ = std::make_shared<Node>();
};

// A new owner is no copy.
long fresh(int rounds) {
  long sum = 0;
  for (int i = 0; i < rounds; ++i) {
    auto node = std::make_shared<Node>();
    sum += node->value;
  }
  return sum;
}

// Copied once, in front of the loop.
long outside(const Nodes& nodes) {
  auto first = nodes.front();
  long sum = 0;
  for (int i = 0; i < 10; ++i) sum += first->value;
  return sum;
}
