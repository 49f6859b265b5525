// expect: silent
#include <thread>
struct Job { long done = 0; long failed = 0; };
void work(Job* job) { for (int i = 0; i < 100000; ++i) job->done++; }
void check(Job* job) { for (int i = 0; i < 100000; ++i) job->failed++; }
void launch(bool first) {
  Job* job = new Job;
  if (first) {
    std::thread worker(work, job);
    worker.detach();
  } else {
    std::thread checker(check, job);
    checker.detach();
  }
}
int main() {
  launch(true);
  launch(false);
}
