// expect: silent
#include <thread>
struct Queue {
  long grown = 0;
  long shrunk = 0;
  void push(int i) {
    if (i % 65536 == 0) [[unlikely]] grow();
  }
  void pop(int i) {
    if (i % 65536 == 0) [[unlikely]] shrink();
  }
  void grow() { ++grown; }
  void shrink() { ++shrunk; }
};
int main() {
  Queue queue;
  std::thread a([&] {
    for (int i = 0; i < 1000000; ++i) queue.push(i);
  });
  for (int i = 0; i < 1000000; ++i) queue.pop(i);
  a.join();
}
