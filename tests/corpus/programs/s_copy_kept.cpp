// expect: nothing of shared-ptr-copy-in-loop
#include <memory>
#include <vector>
struct Job { bool ready = false; };
std::vector<std::shared_ptr<Job>> ready(const std::vector<std::shared_ptr<Job>>& jobs) {
  std::vector<std::shared_ptr<Job>> out;
  for (auto job : jobs) {
    if (job->ready) out.push_back(std::move(job));
  }
  return out;
}
