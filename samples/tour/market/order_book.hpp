// A limit order book: many small records, kept by the million.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

namespace market {

enum class Side : std::uint8_t { Buy, Sell };

struct Order {
  bool live = true;
  std::uint64_t id = 0;
  Side side = Side::Buy;  // which half of the book
  double price = 0;       // in units of the quote currency
  std::uint32_t quantity = 0;
  std::uint64_t account = 0;
  bool hidden = false;
};

/// An order with the price at which it begins to work.
struct StopOrder : Order {
  double trigger = 0;
};

/// Written to the journal as it stands.
struct Fill {
  std::uint8_t kind;
  std::uint64_t order;
  std::uint8_t venue;
  double price;
  std::uint16_t flags;
};

struct Level {  // snug: max-size(64)
  double price = 0;
  std::uint64_t volume = 0;
  Order best;
};

class OrderBook {
 public:
  void add(const Order& order);
  std::uint32_t match(Side side, std::uint32_t quantity);
  const Level& top(Side side) const;

 private:
  bool crossed_ = false;
  std::map<std::uint64_t, Order> orders_;
  char symbol_[6] = {};
  Level levels_[2];
  bool halted_ = false;
  std::vector<StopOrder> stops_;
};

}  // namespace market
