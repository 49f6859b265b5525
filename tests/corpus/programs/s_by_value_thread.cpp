// expect: nothing of shared-ptr-by-value flags: -pthread
#include <memory>
#include <thread>
struct Job { int n; };
static void work(std::shared_ptr<Job> j) { for (int i = 0; i < j->n; ++i) {} }
void start(std::shared_ptr<Job> j) {
  std::thread(work, j).detach();
  std::thread([j] { work(j); }).detach();
}
