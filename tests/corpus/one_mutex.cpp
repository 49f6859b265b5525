// expect: silent
#include <mutex>
#include <thread>
struct Account { std::mutex mutex; long in = 0; long out = 0; };
int main() {
  Account account;
  std::thread x([&] { for (int i = 0; i < 100000; ++i) { std::lock_guard<std::mutex> g(account.mutex); account.in++; } });
  std::thread y([&] { for (int i = 0; i < 100000; ++i) {
    std::lock_guard<std::mutex> g(account.mutex);  // flip
    account.out++; } });
  x.join();
  y.join();
}
