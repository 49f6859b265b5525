// expect: silent
#include <future>
#include <vector>
static long crunch(int from, int to) {
  long s = 0;
  for (int i = from; i < to; ++i) s += i;
  return s;
}
int main() {
  std::vector<long> out(8);
  std::vector<std::future<void>> fs;
  for (int i = 0; i < 8; ++i)
    fs.push_back(std::async(std::launch::async, [&out, i] { out[i] = crunch(i * 1000, (i + 1) * 1000); }));
  for (auto& f : fs) f.get();
}
