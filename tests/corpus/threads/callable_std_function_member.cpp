// expect: warning
// A worker class keeps a std::function and runs it.
#include <functional>
#include <thread>
class Task {
 public:
  explicit Task(std::function<void()> f) : f_(std::move(f)), t_([this] { f_(); }) {}
  ~Task() { t_.join(); }
 private:
  std::function<void()> f_;
  std::thread t_;
};
struct Traffic {
  unsigned long in = 0;
  /*after: alignas(64)*/ unsigned long out = 0;
};
static Traffic traffic /*after: __attribute__((aligned(64)))*/;
int main() {
  Task a([] {
    for (int i = 0; i < 10000000; ++i) traffic.in += i;
  });
  Task b([] {
    for (int i = 0; i < 10000000; ++i) traffic.out += i;
  });
}
