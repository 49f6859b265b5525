// expect: nothing of large-variant
#include <variant>
#include <string>
struct Num { double v; };
struct Big { char text[300]; };
static double eval(int k) {
  std::variant<Num, Big> v = Num{1.0};
  if (k > 2) v = Big{};
  return std::holds_alternative<Num>(v) ? std::get<Num>(v).v : 0.0;
}
int main(int argc, char**) { return static_cast<int>(eval(argc)); }
