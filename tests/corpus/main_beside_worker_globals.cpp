// expect: warning
#include <thread>
long produced = 0;
long consumed = 0;
int main() {
  std::thread worker([] { for (int i = 0; i < 1000000; ++i) ++produced; });  // flip
  for (int i = 0; i < 1000000; ++i) ++consumed;
  worker.join();  // flip
}
