// expect: silent of false-sharing flags: -pthread
#include <array>
#include <thread>
#include <vector>
struct Tables { std::array<unsigned, 256> crc{}; unsigned seed = 7; };
static Tables tables;
static unsigned hash(const std::vector<unsigned char>& data) {
  unsigned h = tables.seed;
  for (unsigned char c : data) h = tables.crc[(h ^ c) & 255] ^ (h >> 8);
  return h;
}
int main() {
  for (unsigned i = 0; i < 256; ++i) tables.crc[i] = i * 2654435761u;
  std::vector<unsigned char> data(1 << 20, 3);
  unsigned a = 0, b = 0;
  std::thread x([&] { a = hash(data); });
  std::thread y([&] { b = hash(data); });
  x.join();
  y.join();
  return a == b;
}
