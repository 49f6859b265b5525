// A program that counts which fields it touches, for `snug check --profile`:
//
//     c++ -std=c++20 -DSNUG_TRACK=1 -I lib/include samples/profile/orders.cpp -o orders
//     ./orders orders.json
//     snug check --profile orders.json samples/profile/orders.cpp -- -std=c++20 -I lib/include
//
// The loops of the code touch all fields of an Order alike; the run tells which are hot.
#include <cstdio>
#include <snug/tracked_ptr.hpp>
#include <vector>

struct Order {
  double price = 0;
  char client[120] = {};
  long quantity = 0;
  char comment[120] = {};
};

// Touched often, and wasteful.
struct Quote {
  bool firm = false;
  double bid = 0;
  bool stale = false;
};

// As wasteful, and touched once.
struct Desk {
  bool open = false;
  double limit = 0;
  bool remote = false;
};

double value_of(std::vector<Order>& orders, std::vector<Quote>& quotes) {
  double sum = 0;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const snug::tracked_ptr<Order> order = &orders[i];
    const snug::tracked_ptr<Quote> quote = &quotes[i];
    sum += order.read<&Order::price>() * static_cast<double>(order.read<&Order::quantity>());
    sum -= quote.read<&Quote::bid>();
  }
  return sum;
}

int main(int argc, char** argv) {
  std::vector<Order> orders(1000);
  std::vector<Quote> quotes(1000);
  Desk desk;
  snug::tracked_ptr<Desk>(&desk).write<&Desk::limit>(1e6);
  double sum = 0;
  for (int round = 0; round < 100; ++round) sum += value_of(orders, quotes);
  for (Order& order : orders) {
    snug::tracked_ptr<Order>(&order).update<&Order::client>([](char* client) { client[0] = 'A'; });
  }
  std::printf("%g\n", sum);
  return argc < 2 || snug::write_access_profile(argv[1]) ? 0 : 1;
}
