// expect: warning of false-sharing flags: -pthread
#include <thread>
#include <vector>
constexpr int kBins = 4;
constexpr int kStride = 4;  // before
constexpr int kStride = 16;  // after
void accumulate(const float* values, int n, int z, double* sums) {
  for (int i = 0; i < n; ++i) sums[z * kStride + i % kBins] += values[i];
}
int main() {
  std::vector<float> values(1 << 20, 1.5f);
  std::vector<double> sums(8 * kStride);
  std::vector<std::thread> threads;
  for (int z = 0; z < 8; ++z) threads.emplace_back(accumulate, values.data() + z, 1000, z, sums.data());
  for (auto& t : threads) t.join();
}
