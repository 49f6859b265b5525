// expect: note of padding
#include <memory>
struct Order {
  bool live;
  double price;
  bool hidden;
};
std::unique_ptr<Order> order;
int main() { order = std::make_unique<Order>(); }
