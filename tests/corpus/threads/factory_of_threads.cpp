// expect: warning
// A function makes each thread.
#include <thread>
struct Totals {
  long left = 0;
  /*after: alignas(64)*/ long right = 0;
};
std::thread make_left(Totals& totals) {
  return std::thread([&totals] {
    for (int i = 0; i < 10000000; ++i) totals.left += i & 1;
  });
}
std::thread make_right(Totals& totals) {
  return std::thread([&totals] {
    for (int i = 0; i < 10000000; ++i) totals.right += i & 3;
  });
}
int main() {
  Totals totals;
  std::thread left = make_left(totals);
  std::thread right = make_right(totals);
  left.join();
  right.join();
  return totals.left < totals.right;
}
