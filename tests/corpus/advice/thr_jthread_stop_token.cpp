// expect: warning of false-sharing
#include <stop_token>
#include <thread>
#include <vector>
#include <cstdint>
class Sampler {
  struct Lane { std::uint64_t ok = 0; std::uint64_t bad = 0; };  // before
  struct alignas(128) Lane { std::uint64_t ok = 0; std::uint64_t bad = 0; };  // after
  std::vector<Lane> lanes_;
  std::vector<std::jthread> threads_;
public:
  explicit Sampler(unsigned n) : lanes_(n) {
    for (unsigned i = 0; i < n; ++i)
      threads_.emplace_back([this, i](std::stop_token st) { while (!st.stop_requested()) { ++lanes_[i].ok; if (lanes_[i].ok % 3 == 0) ++lanes_[i].bad; } });
  }
};
int main() { Sampler s(std::thread::hardware_concurrency()); }
