// expect: warning of false-sharing flags: -pthread
#include <future>
#include <vector>
struct Ends {
  long low = 0;
  alignas(64)  // after
  long high = 0;
};
int main() {
  std::vector<int> v(1 << 20, 7);
  Ends ends;
  auto lower = std::async(std::launch::async, [&] {
    for (std::size_t i = 0; i < v.size() / 2; ++i) ends.low += v[i];
  });
  for (std::size_t i = v.size() / 2; i < v.size(); ++i) ends.high += v[i];
  lower.get();
  return ends.low == ends.high;
}
