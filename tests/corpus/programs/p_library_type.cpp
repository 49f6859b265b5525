// expect: warning of padding
#include <cstdint>
struct Sample {
  std::uint8_t channel;  // before
  std::uint64_t time;
  std::uint8_t quality;  // before
  double value;
  std::uint16_t unit;  // before
  std::uint16_t unit; std::uint8_t channel, quality;  // after
};
bool is_good(const Sample& s) { return s.quality > 10 && s.value == s.value; }
double scaled(const Sample& s, double k) { return s.value * k + s.unit + s.channel; }
