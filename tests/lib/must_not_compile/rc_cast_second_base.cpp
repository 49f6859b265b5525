// error: static_pointer_cast of a snug::rc needs a base class with a virtual destructor
#include <snug/rc.hpp>

struct First {
  virtual ~First() = default;
  long a = 1;
};
struct Second {
  virtual ~Second() = default;
  long b = 2;
};
#ifdef SNUG_EXPECT_OK
struct Derived : Second, First {};
#else
struct Derived : First, Second {};
#endif
// The counts stand before the object, and would be looked for before its second part.
snug::rc<Second> upcast(const snug::rc<Derived>& p) {
  return snug::static_pointer_cast<Second>(p);
}
