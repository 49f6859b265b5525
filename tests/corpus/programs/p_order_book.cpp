// expect: warning of padding
#include <cstdint>
#include <list>
#include <map>
struct Order {
  bool buy;  // before
  std::uint64_t id;
  bool hidden;  // before
  double price;
  std::uint32_t quantity;  // before
  std::uint64_t when;
  std::uint32_t quantity;  // after
  bool buy, hidden;  // after
};
class Book {
 public:
  void add(const Order& o) { levels_[static_cast<std::int64_t>(o.price * 100)].push_back(o); }

 private:
  std::map<std::int64_t, std::list<Order>> levels_;
};
void f(Book& b, const Order& o) { b.add(o); }
