// error: write<&S::x>: the tracked_ptr points to a constant
#include <snug/tracked_ptr.hpp>

struct A {
  int x;
};
#ifdef SNUG_EXPECT_OK
void set(snug::tracked_ptr<A> p) {
  p.write<&A::x>(1);
}
#else
void set(snug::tracked_ptr<const A> p) {
  p.write<&A::x>(1);
}
#endif
