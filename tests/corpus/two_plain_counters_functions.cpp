// expect: warning
#include <thread>
struct Pair { long left = 0; long right = 0; };
void go_left(Pair& p) { for (int i = 0; i < 100000; ++i) p.left += i; }
void go_right(Pair& p) { for (int i = 0; i < 100000; ++i) p.right += i; }
int main() {
  Pair p;
  std::thread a(go_left, std::ref(p));
  std::thread b(go_right, std::ref(p));  // flip
  a.join();
  b.join();  // flip
}
