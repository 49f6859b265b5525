// expect: warning of padding
#include <memory>
struct Order {
  bool live;
  double price;
  bool hidden;
};
Order none;
std::unique_ptr<Order> make() { return std::make_unique<Order>(); }  // flip
