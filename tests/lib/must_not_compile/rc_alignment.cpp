// error: rc<Base> from rc<Derived> needs the same alignment of both
#include <snug/rc.hpp>

#ifdef SNUG_EXPECT_OK
#define ALIGNMENT alignas(8)
#else
#define ALIGNMENT alignas(64)
#endif
struct Base {
  virtual ~Base() = default;
};
struct ALIGNMENT Derived : Base {
  long x;
};
snug::rc<Base> upcast(snug::rc<Derived> p) {
  return p;
}
