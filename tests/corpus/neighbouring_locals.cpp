// expect: warning
#include <thread>
int main() {
  long left = 0;
  long right = 0;
  std::thread a([&] { for (int i = 0; i < 100000; ++i) left++; });
  std::thread b([&] { for (int i = 0; i < 100000; ++i) right++; });
  a.join();
  b.join();
  return static_cast<int>(left + right);
}
