// expect: note of padding
#include <cstdint>
#include <memory>
#include <string>
#include <map>
struct Value {
  bool dirty;  // before
  void* owner;
  std::uint32_t version;
  bool dirty;  // after
  double value;
  double limit;
};
class Store {
 public:
  void set(int key, double v) { auto p = std::make_unique<Value>(); p->value = v; values_[key] = std::move(p); }

 private:
  std::map<int, std::unique_ptr<Value>> values_;
};
void f(Store& s) { for (int i = 0; i < 100; ++i) s.set(i, i); }
