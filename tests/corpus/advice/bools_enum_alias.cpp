// expect: note of bool-pack
#include <vector>
enum class Side { Buy, Sell };
using S = Side;
struct Order { S side; S hedge; bool live, hidden, iceberg, post, ioc, fok; int qty; double px; };  // before
struct Order { S side : 1; S hedge : 1; bool live : 1, hidden : 1, iceberg : 1, post : 1, ioc : 1, fok : 1; int qty; double px; };  // after
std::vector<Order> book;
