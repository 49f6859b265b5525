// expect: warning
// A base class starts the thread on a virtual run(); two subclasses count.
#include <thread>
struct Board {
  long ticks = 0;
  /*after: alignas(64)*/ long tocks = 0;
};
class Runner {
 public:
  virtual ~Runner() = default;
  void start() { thread_ = std::thread([this] { run(); }); }
  void stop() { thread_.join(); }
 protected:
  virtual void run() = 0;
 private:
  std::thread thread_;
};
class Ticker : public Runner {
 public:
  explicit Ticker(Board& b) : b_(b) {}
 private:
  void run() override {
    for (int i = 0; i < 10000000; ++i) ++b_.ticks;
  }
  Board& b_;
};
class Tocker : public Runner {
 public:
  explicit Tocker(Board& b) : b_(b) {}
 private:
  void run() override {
    for (int i = 0; i < 10000000; ++i) ++b_.tocks;
  }
  Board& b_;
};
int main() {
  Board board;
  Ticker ticker(board);
  Tocker tocker(board);
  ticker.start();
  tocker.start();
  ticker.stop();
  tocker.stop();
}
