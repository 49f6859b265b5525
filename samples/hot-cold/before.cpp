// The matching loop touches price and quantity; the rest of the order, 240 bytes, only passes by.
#include <cstdio>
#include <cstring>
#include <vector>

struct Order {  // expect: hot-cold "for 'price' and 'quantity' (16 bytes), which fit in 1"
  double price;
  char client[120];
  long quantity;
  char comment[120];
};

int main() {
  std::vector<Order> book(5000);
  for (std::size_t i = 0; i < book.size(); ++i) {
    book[i].price = 100 + double(i % 7);
    book[i].quantity = long(i % 5);
    std::strcpy(book[i].client, "somebody");
    std::strcpy(book[i].comment, i % 1000 == 0 ? "urgent" : "");
  }
  double turnover = 0;
  for (int round = 0; round < 50; ++round) {
    for (const Order& order : book) turnover += order.price * double(order.quantity);
  }
  std::printf("%.0f %s\n", turnover, book[1000].comment);
}
