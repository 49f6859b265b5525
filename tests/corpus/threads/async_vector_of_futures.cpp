// expect: warning
#include <future>
#include <vector>
static void part(std::vector<long>& out, int stride, int i) {
  for (int k = 0; k < 10000000; ++k) out[i * 1/*after: 16*/] += k ^ stride;
}
int main() {
  std::vector<long> out(256);
  std::vector<std::future<void>> fs;
  for (int i = 0; i < 8; ++i) fs.push_back(std::async(std::launch::async, part, std::ref(out), 3, i));
  for (auto& f : fs) f.wait();
  return out[0] == 0;
}
