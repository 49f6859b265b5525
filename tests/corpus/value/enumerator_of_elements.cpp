// expect: warning of enum-size
#include <vector>
enum class Side { buy, sell };
struct Order {
  Side side;
  int count;
  short number;
  Side other;
};
Order last;
std::vector<Order> orders;  // flip
