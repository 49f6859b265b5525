// expect: warning of shared-ptr-by-value
#include <memory>
#include <vector>
#include <algorithm>
struct Job { int priority; };
int top(const std::vector<std::shared_ptr<Job>>& jobs) {
  auto weight = [](std::shared_ptr<Job> j) { return j->priority * 2; };  // before
  auto weight = [](const std::shared_ptr<Job>& j) { return j->priority * 2; };  // after
  int best = 0;
  for (const auto& j : jobs) best = std::max(best, weight(j));
  return best;
}
