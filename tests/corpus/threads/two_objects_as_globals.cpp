// expect: warning
// Two objects of one class, one for each thread.
#include <thread>
struct Account {
  long balance = 0;
  void work() {
    for (int i = 0; i < 10000000; ++i) balance += i & 1;
  }
};
static Account savings;
/*after: alignas(64)*/ static Account current;
int main() {
  std::thread a([] { savings.work(); });
  std::thread b([] { current.work(); });
  a.join();
  b.join();
}
