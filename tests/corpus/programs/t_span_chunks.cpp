// expect: silent of false-sharing flags: -pthread
#include <cmath>
#include <span>
#include <thread>
#include <vector>
void roots(std::span<const double> in, std::span<double> out) {
  for (std::size_t i = 0; i < in.size(); ++i) out[i] = std::sqrt(in[i]);
}
int main() {
  std::vector<double> in(1 << 20, 2.0), out(1 << 20);
  const std::size_t n = in.size() / 8;
  std::vector<std::jthread> team;
  for (std::size_t t = 0; t < 8; ++t)
    team.emplace_back(roots, std::span<const double>(in).subspan(t * n, n), std::span<double>(out).subspan(t * n, n));
}
