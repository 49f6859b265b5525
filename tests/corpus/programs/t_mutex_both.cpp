// expect: nothing of false-sharing flags: -pthread
#include <mutex>
#include <thread>
class Account {
 public:
  void deposit(long v) { std::lock_guard g(m_); in_ += v; }
  void withdraw(long v) { std::lock_guard g(m_); out_ += v; }

 private:
  std::mutex m_;
  long in_ = 0;
  long out_ = 0;
};
int main() {
  Account a;
  std::jthread t1([&] { for (int i = 0; i < 1000; ++i) a.deposit(i); });
  std::jthread t2([&] { for (int i = 0; i < 1000; ++i) a.withdraw(i); });
}
