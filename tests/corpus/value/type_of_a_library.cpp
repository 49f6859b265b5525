// expect: warning of padding
struct Order {
  bool live;
  double price;
  bool hidden;
};
double value(const Order& order) { return order.price; }
