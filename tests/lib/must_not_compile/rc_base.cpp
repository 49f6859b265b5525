// error: rc<Base> from rc<Derived> needs a virtual destructor in Base
#include <snug/rc.hpp>

struct Base {
#ifdef SNUG_EXPECT_OK
  virtual ~Base() = default;
#endif
};
struct Derived : Base {
  int x;
};
snug::rc<Base> upcast(snug::rc<Derived> p) {
  return p;
}
