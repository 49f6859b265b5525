// expect: warning of padding
#include <deque>
#include <queue>
struct Order {
  bool live;
  double price;
  bool hidden;
};
Order none;
std::queue<Order> queue;  // flip
