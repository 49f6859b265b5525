// expect: warning of large-variant
#include <array>
#include <deque>
#include <memory>
#include <variant>
struct Move { int x, y; };
struct Click { int button; };
struct Paste { std::array<char, 256> text; };
using Event = std::variant<Move, Click, Paste>;  // before
using Event = std::variant<Move, Click, std::unique_ptr<Paste>>;  // after
class Loop {
 public:
  void move(int x, int y) { queue_.push_back(Move{x, y}); }
  void click(int b) { queue_.push_back(Click{b}); }

 private:
  std::deque<Event> queue_;
};
void f(Loop& l) { l.move(1, 2); l.click(0); }
