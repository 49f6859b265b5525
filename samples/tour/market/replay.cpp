// Plays a journal back.
#include <cstdio>

#include "market/order_book.hpp"

namespace market {

std::size_t write_fills(std::FILE* journal, const std::vector<Fill>& fills) {
  return std::fwrite(fills.data(), sizeof(Fill), fills.size(), journal);
}

std::uint64_t replay(std::FILE* journal, OrderBook& book) {
  std::uint64_t count = 0;
  Fill fill{};
  while (std::fread(&fill, sizeof fill, 1, journal) == 1) {
    Order order;
    order.id = fill.order;
    order.price = fill.price;
    book.add(order);
    ++count;
  }
  return count;
}

}  // namespace market
