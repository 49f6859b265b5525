// expect: warning of padding
#include <map>
struct Order {
  bool live;
  double price;
  bool hidden;
};
struct Line { Order order; long number; };
Line none;
std::map<int, Line> lines;  // flip
