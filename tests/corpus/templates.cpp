// expect: warning
#include <thread>
template <class T> struct Ends { T head{}; T tail{}; void push() { head = head + 1; } void pop() { tail = tail + 1; } };
template <class F> void repeat(F f) { for (int i = 0; i < 100000; ++i) f(); }
int main() {
  Ends<long> ends;
  std::thread a([&] { repeat([&] { ends.push(); }); });
  std::thread b([&] { repeat([&] { ends.pop(); }); });
  a.join();
  b.join();
}
