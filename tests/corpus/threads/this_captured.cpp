// expect: warning
// Two threads of one object, each started with a lambda that captures this.
#include <atomic>
#include <thread>
class Link {
 public:
  void open() {
    rx_ = std::thread([this] { receive(); });
    tx_ = std::thread([this] { send(); });
  }
  void close() {
    stop_ = true;
    rx_.join();
    tx_.join();
  }
 private:
  void receive() {
    while (!stop_) {
      ++frames_in_;
      bytes_in_ += 64;
    }
  }
  void send() {
    while (!stop_) {
      ++frames_out_;
      bytes_out_ += 64;
    }
  }
  /*after: alignas(64)*/ unsigned long frames_in_ = 0;
  unsigned long bytes_in_ = 0;
  /*after: alignas(64)*/ unsigned long frames_out_ = 0;
  unsigned long bytes_out_ = 0;
  /*after: alignas(64)*/ std::atomic<bool> stop_{false};
  std::thread rx_, tx_;
};
int main() {
  Link link;
  link.open();
  link.close();
}
