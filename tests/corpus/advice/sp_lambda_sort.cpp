// expect: warning of shared-ptr-by-value
#include <memory>
#include <vector>
#include <algorithm>
struct Node { double cost; };
using NodePtr = std::shared_ptr<Node>;
void order(std::vector<NodePtr>& open) {
  std::sort(open.begin(), open.end(), [](NodePtr a, NodePtr b) { return a->cost < b->cost; });  // before
  std::sort(open.begin(), open.end(), [](const NodePtr& a, const NodePtr& b) { return a->cost < b->cost; });  // after
}
