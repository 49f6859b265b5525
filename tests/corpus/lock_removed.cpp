// expect: warning
#include <mutex>
#include <thread>
struct Account { long in = 0; long out = 0; };
std::mutex mutex;
int main() {
  Account account;
  std::thread x([&] { for (int i = 0; i < 100000; ++i) { account.in++; } });
  std::thread y([&] { for (int i = 0; i < 100000; ++i) { account.out++; } });
  x.join();
  y.join();
}
