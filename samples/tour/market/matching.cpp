#include "market/order_book.hpp"

namespace market {

void OrderBook::add(const Order& order) {
  orders_[order.id] = order;
  Level& level = levels_[static_cast<int>(order.side)];
  level.volume += order.quantity;
  if (!level.best.live || order.price > level.best.price) {
    level.best = order;
    level.price = order.price;
  }
}

std::uint32_t OrderBook::match(Side side, std::uint32_t quantity) {
  if (halted_) {
    return 0;
  }
  std::uint32_t filled = 0;
  for (auto& [id, order] : orders_) {
    if (order.live && order.side == side && filled < quantity) {
      filled += order.quantity;
      order.live = false;
    }
  }
  crossed_ = filled > quantity;
  return filled;
}

const Level& OrderBook::top(Side side) const {
  return levels_[static_cast<int>(side)];
}

}  // namespace market
