// expect: silent of false-sharing flags: -pthread
#include <thread>
struct Encoder {
  long frames = 0;
  long bytes = 0;
  void run() { for (int i = 0; i < 100000; ++i) { ++frames; bytes += i; } }
};
int main() {
  Encoder e;
  std::thread t(&Encoder::run, &e);
  t.join();
}
