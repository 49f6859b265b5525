// expect: note of padding
#include <optional>
struct Order {
  bool live;
  double price;
  bool hidden;
};
std::optional<Order> order;
