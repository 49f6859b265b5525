// error: between two bases of one class there is no way
#include <snug/rc.hpp>

struct First {
  virtual ~First() = default;
};
struct Second {
  virtual ~Second() = default;
};
struct Derived : First, Second {};
#ifdef SNUG_EXPECT_OK
using To = Derived;
#else
using To = Second;
#endif
snug::rc<To> cast(const snug::rc<First>& p) {
  return snug::dynamic_pointer_cast<To>(p);
}
