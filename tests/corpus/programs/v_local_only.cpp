// expect: nothing of large-variant
#include <array>
#include <string>
#include <variant>
using Parsed = std::variant<int, std::array<char, 300>>;
static Parsed parse(const std::string& s) {
  if (s.size() == 1) return 1;
  return std::array<char, 300>{};
}
int length(const std::string& s) {
  Parsed p = parse(s);
  return static_cast<int>(p.index());
}
