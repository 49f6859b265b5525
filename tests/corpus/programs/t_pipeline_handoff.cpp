// expect: silent of false-sharing flags: -pthread
#include <condition_variable>
#include <memory>
#include <mutex>
#include <queue>
#include <thread>
struct Frame {
  long decoded_bytes = 0;
  long encoded_bytes = 0;
};
class Channel {
 public:
  void put(std::unique_ptr<Frame> f) {
    std::lock_guard lock(m_);
    q_.push(std::move(f));
    cv_.notify_one();
  }
  std::unique_ptr<Frame> take() {
    std::unique_lock lock(m_);
    cv_.wait(lock, [&] { return !q_.empty(); });
    auto f = std::move(q_.front());
    q_.pop();
    return f;
  }

 private:
  std::mutex m_;
  std::condition_variable cv_;
  std::queue<std::unique_ptr<Frame>> q_;
};
int main() {
  Channel channel;
  std::thread decoder([&] {
    for (int i = 0; i < 100; ++i) {
      auto frame = std::make_unique<Frame>();
      for (int b = 0; b < 1000; ++b) frame->decoded_bytes += b;
      channel.put(std::move(frame));
    }
  });
  std::thread encoder([&] {
    for (int i = 0; i < 100; ++i) {
      auto frame = channel.take();
      for (int b = 0; b < 1000; ++b) frame->encoded_bytes += b;
    }
  });
  decoder.join();
  encoder.join();
}
