// expect: warning
// Workers behind base pointers in a vector; each counts in a shared board by its number.
#include <memory>
#include <thread>
#include <vector>
struct Job {
  virtual ~Job() = default;
  virtual void run() = 0;
};
struct /*after: alignas(64)*/ Cell {
  long n = 0;
};
static Cell board[8];
class Sum : public Job {
 public:
  explicit Sum(int me) : me_(me) {}
  void run() override {
    for (int i = 0; i < 10000000; ++i) board[me_].n += i;
  }
 private:
  int me_;
};
int main() {
  std::vector<std::unique_ptr<Job>> jobs;
  for (int i = 0; i < 8; ++i) jobs.push_back(std::make_unique<Sum>(i));
  std::vector<std::thread> ts;
  for (auto& job : jobs) ts.emplace_back([&job] { job->run(); });
  for (auto& t : ts) t.join();
}
