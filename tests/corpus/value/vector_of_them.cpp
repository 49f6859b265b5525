// expect: warning of padding
#include <vector>
struct Order {
  bool live;
  double price;
  bool hidden;
};
Order last;
std::vector<Order> all;  // flip
