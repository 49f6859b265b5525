// The cold part stands apart, in a box: three orders now share a line, where one took four lines.
#include <cstdio>
#include <cstring>
#include <vector>

#include <snug/box.hpp>

struct OrderDetails {
  char client[120];
  char comment[120];
};
struct Order {
  double price = 0;
  long quantity = 0;
  snug::box<OrderDetails> details = snug::box<OrderDetails>(OrderDetails{});
};
static_assert(sizeof(Order) == 24);

int main() {
  std::vector<Order> book(5000);
  for (std::size_t i = 0; i < book.size(); ++i) {
    book[i].price = 100 + double(i % 7);
    book[i].quantity = long(i % 5);
    std::strcpy(book[i].details->client, "somebody");
    std::strcpy(book[i].details->comment, i % 1000 == 0 ? "urgent" : "");
  }
  double turnover = 0;
  for (int round = 0; round < 50; ++round) {
    for (const Order& order : book) turnover += order.price * double(order.quantity);
  }
  std::printf("%.0f %s\n", turnover, book[1000].details->comment);
}
