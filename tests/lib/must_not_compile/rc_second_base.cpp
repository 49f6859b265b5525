// error: rc<Base> from rc<Derived> needs Base to be the first base
#include <snug/rc.hpp>

struct First {
  virtual ~First() = default;
};
struct Base {
  virtual ~Base() = default;
};
#ifdef SNUG_EXPECT_OK
struct Derived : Base, First {};
#else
struct Derived : First, Base {};
#endif
snug::rc<Base> upcast(snug::rc<Derived> p) {
  return p;
}
