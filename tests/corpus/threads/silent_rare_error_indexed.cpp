// expect: silent
#include <thread>
#include <vector>
static int failures[8];
bool failed(int i);
bool fatal(int i);
static void run(int me) {
  for (int i = 0; i < 1000000; ++i) {
    if (failed(i)) {
      if (fatal(i)) {
        ++failures[me];
        return;
      }
    }
  }
}
int main() {
  std::vector<std::jthread> ts;
  for (int i = 0; i < 8; ++i) ts.emplace_back(run, i);
}
