// expect: warning of shared-ptr-by-value
#include <algorithm>
#include <vector>
#include <memory>
struct S { int n = 0; };
long count(const std::vector<std::shared_ptr<S>>& all) {
  return std::count_if(all.begin(), all.end(), [](std::shared_ptr<S> p) { return p->n > 3; });
}
