// Marks that say something else than was meant.
#include <cstdint>

// Nobody will know why.
/* snug: ignore(padding) */ struct Quote {  // expect: source-mark "'ignore' needs a reason"
  double mid;
  double bid;
  double ask;
};

/* snug: maxsize(16) */ struct Tick {  // expect: source-mark "did you mean 'max-size'?"
  double price;
  std::uint64_t time;
};

/* snug: ignore(pading): three of them */ struct Side {  // expect: source-mark "did you mean 'padding'?"
  double price;
};

// Nothing is wrong with this one, so there is nothing to ignore.
/* snug: ignore(padding): sorted for the reader */ struct Point {  // expect: source-mark "silences nothing"
  double x;
  double y;
};

double use(const Quote& quote, const Tick& tick, const Side& side, const Point& point) {
  return quote.bid + tick.price + side.price + point.x;
}
