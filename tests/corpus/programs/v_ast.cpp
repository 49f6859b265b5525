// expect: warning of large-variant
#include <array>
#include <memory>
#include <string>
#include <variant>
#include <vector>
struct Number { double value; };
struct Name { const char* text; };
struct Binary { char op; int left, right; };
struct Call { int callee; std::array<int, 62> arguments; };  // before
struct Call { int callee; std::vector<int> arguments; };  // after
using Expr = std::variant<Number, Name, Binary, Call>;
class Arena {
 public:
  int add(Expr e) {
    nodes_.push_back(std::move(e));
    return static_cast<int>(nodes_.size()) - 1;
  }

 private:
  std::vector<Expr> nodes_;
};
int sum(Arena& arena, int n) {
  int last = arena.add(Number{0});
  for (int i = 0; i < n; ++i) last = arena.add(Binary{'+', last, arena.add(Number{1.0 * i})});
  return arena.add(Call{last, {}});
}
