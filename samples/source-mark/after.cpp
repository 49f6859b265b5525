// The same marks as they were meant.
#include <cstdint>

// snug: ignore(padding): the fields stand in the order of the exchange's manual
struct Quote {
  bool live;
  double bid;
  bool firm;
  double ask;
};

struct Tick {  // snug: max-size(16)
  double price;
  std::uint64_t time;
};

struct Side {
  double price;
};

struct Point {
  double x;
  double y;
};

double use(const Quote& quote, const Tick& tick, const Side& side, const Point& point) {
  return quote.bid + tick.price + side.price + point.x;
}
