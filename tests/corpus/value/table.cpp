// expect: warning of padding
struct Order {
  bool live;
  double price;
  bool hidden;
};
Order orders[17];
