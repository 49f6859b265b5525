// expect: nothing of large-variant
#include <array>
#include <variant>
#include <vector>
struct Frame { std::array<char, 512> pixels; };
struct End {};
using Packet = std::variant<Frame, End>;
static std::vector<Packet> stream;
void record(int n) {
  for (int i = 0; i < n; ++i) stream.push_back(Frame{});
  stream.push_back(End{});
}
