// expect: warning of large-variant
#include <cstdint>
#include <string>
#include <unordered_map>
#include <variant>
struct Matrix { double m[4][4]; };
using Value = std::variant<bool, std::int64_t, double, Matrix>;  // before
using Value = std::variant<bool, std::int64_t, double, Matrix*>;  // after
class Properties {
 public:
  void set(const std::string& name, Value value) { values_[name] = value; }

 private:
  std::unordered_map<std::string, Value> values_;
};
void fill(Properties& p) {
  for (int i = 0; i < 100; ++i) p.set(std::to_string(i), std::int64_t{i});
  p.set("visible", true);
  p.set("opacity", 0.5);
}
