// Fields in the order in which they came to mind: the compiler has to fill the gaps.
#include <cstdint>
#include <string>
#include <vector>

// 1 + 7 of padding + 8 + 1 + 7 of padding + 8: two thirds of the padding is the order's fault.
struct Quote {  // expect: padding "'Quote'"
  bool live;
  double bid;
  bool firm;
  double ask;
};

// A base class and a virtual function change nothing: what follows them can be ordered.
class Node {  // expect: padding "'Node'"
 public:
  virtual ~Node() = default;

 private:
  bool dirty_ = false;
  std::uint64_t key_ = 0;
  std::uint16_t depth_ = 0;  // of the tree
  std::uint64_t parent_ = 0;
  bool leaf_ = false;
};

// An order has to help at least one instantiation and may harm none.
template <class T>
struct Tagged {  // expect: padding "'Tagged"
  std::uint8_t tag;
  T value;
  std::uint8_t version;
};

// Padding that no order removes is no finding.
struct Tail {
  double value;
  bool valid;
};

// Fields that were put on lines of their own stay there.
struct Queue {
  alignas(64) std::uint64_t head;
  alignas(64) std::uint64_t tail;
  bool closed;
};

// A packed record has no padding to remove.
struct __attribute__((packed)) Wire {
  std::uint8_t kind;
  std::uint64_t value;
  std::uint8_t end;
};

std::vector<Quote> quotes;
std::vector<Node> nodes;
std::vector<Tagged<double>> tagged;
std::size_t sizes = sizeof(Tail) + sizeof(Queue) + sizeof(Wire);
