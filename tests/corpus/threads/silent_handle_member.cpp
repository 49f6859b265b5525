// expect: silent
// A handed-over buffer: start() joins what runs before it starts again.
#include <thread>
class Flusher {
 public:
  void flush() {
    if (t_.joinable()) t_.join();
    t_ = std::thread([this] { for (int i = 0; i < 100000; ++i) ++flushed_; });
  }
  void finish() {
    if (t_.joinable()) t_.join();
    for (int i = 0; i < 100000; ++i) ++finished_;
  }
 private:
  std::thread t_;
  long flushed_ = 0;
  long finished_ = 0;
};
int main() {
  Flusher f;
  for (int i = 0; i < 10; ++i) f.flush();
  f.finish();
}
