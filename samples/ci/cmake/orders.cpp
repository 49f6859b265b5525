struct Order {
  bool live = true;
  double price = 0;
  bool hidden = false;
};

double value(const Order& order) {
  return order.live && !order.hidden ? order.price : 0;
}
