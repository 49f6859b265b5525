// expect: warning of padding
#include <cstddef>
template <typename T>
class Array {
 public:
  T& operator[](int i) { return p_[i]; }

 private:
  int n_ = 0;
  int size_ = 0;
  T* p_ = nullptr;
};
struct Order {
  bool live;
  double price;
  bool hidden;
};
Order none;
Array<Order> orders;  // flip
void set(int i) { orders[i].live = true; }  // flip
