// expect: silent
#include <mutex>
#include <thread>
class Account {
 public:
  void in(long v) { std::scoped_lock hold(m_); in_ += v; }
  void out(long v) { std::scoped_lock hold(m_); out_ += v; }
 private:
  std::mutex m_;
  long in_ = 0;
  long out_ = 0;
};
int main() {
  Account a;
  std::thread x([&] { for (int i = 0; i < 1000000; ++i) a.in(i); });
  std::thread y([&] { for (int i = 0; i < 1000000; ++i) a.out(i); });
  x.join();
  y.join();
}
