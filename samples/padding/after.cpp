// The same records, largest alignment first.
#include <cstdint>
#include <string>
#include <vector>

struct Quote {
  double bid;
  double ask;
  bool live;
  bool firm;
};
static_assert(sizeof(Quote) == 24);

class Node {
 public:
  virtual ~Node() = default;

 private:
  std::uint64_t key_ = 0;
  std::uint64_t parent_ = 0;
  std::uint16_t depth_ = 0;  // of the tree
  bool dirty_ = false;
  bool leaf_ = false;
};
static_assert(sizeof(Node) == 32);

template <class T>
struct Tagged {
  T value;
  std::uint8_t tag;
  std::uint8_t version;
};
static_assert(sizeof(Tagged<double>) == 16);

std::vector<Quote> quotes;
std::vector<Node> nodes;
std::vector<Tagged<double>> tagged;
