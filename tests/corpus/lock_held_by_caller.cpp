// expect: silent
#include <mutex>
#include <thread>
struct Account { long in = 0; long out = 0; };
std::mutex mutex;
void add_in(Account& a) { a.in++; }
void add_out(Account& a) { a.out++; }
int main() {
  Account account;
  std::thread x([&] { for (int i = 0; i < 100000; ++i) { std::unique_lock<std::mutex> g(mutex); add_in(account); } });
  std::thread y([&] { for (int i = 0; i < 100000; ++i) { std::unique_lock<std::mutex> g(mutex); add_out(account); } });
  x.join();
  y.join();
}
