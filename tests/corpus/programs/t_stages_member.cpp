// expect: warning of false-sharing flags: -pthread
#include <functional>
#include <thread>
#include <vector>
class Pipeline {
 public:
  Pipeline() {
    stages_.push_back([this] { read(); });
    stages_.push_back([this] { write(); });
  }
  void run() {
    std::vector<std::thread> threads;
    for (auto& s : stages_) threads.emplace_back(s);
    for (auto& t : threads) t.join();
  }

 private:
  void read() { for (int i = 0; i < 1000000; ++i) blocks_in_ += i; }
  void write() { for (int i = 0; i < 1000000; ++i) blocks_out_ += i; }
  std::vector<std::function<void()>> stages_;
  long blocks_in_ = 0;
  alignas(64)  // after
  long blocks_out_ = 0;
};
int main() { Pipeline p; p.run(); }
