// expect: warning of false-sharing flags: -pthread
#include <cstdint>
#include <thread>
class Link {
 public:
  Link(int rx, int tx) : rx_fd_(rx), tx_fd_(tx) {
    rx_ = std::jthread([this](std::stop_token s) { receive(s); });
    tx_ = std::jthread([this](std::stop_token s) { transmit(s); });
  }

 private:
  void receive(std::stop_token s) {
    while (!s.stop_requested()) {
      rx_bytes_ += pull(rx_fd_);
      ++rx_packets_;
    }
  }
  void transmit(std::stop_token s) {
    while (!s.stop_requested()) {
      tx_bytes_ += push(tx_fd_);
      ++tx_packets_;
    }
  }
  static int pull(int fd) { return fd + 1; }
  static int push(int fd) { return fd + 2; }
  int rx_fd_, tx_fd_;  // before
  alignas(64) int rx_fd_;  // after
  std::uint64_t rx_bytes_ = 0, rx_packets_ = 0;
  std::uint64_t tx_bytes_ = 0, tx_packets_ = 0;  // before
  alignas(64) int tx_fd_;  // after
  std::uint64_t tx_bytes_ = 0;  // after
  std::uint64_t tx_packets_ = 0;  // after
  alignas(64) std::jthread rx_;
  std::jthread tx_;
};
int main() { Link link(3, 4); }
