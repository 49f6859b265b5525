// error: read<&S::x>: x is not a field of what the tracked_ptr points to
#include <snug/tracked_ptr.hpp>

struct A {
  int x;
};
struct B {
  int x;
};
#ifdef SNUG_EXPECT_OK
int get(snug::tracked_ptr<A> p) {
  return p.read<&A::x>();
}
#else
int get(snug::tracked_ptr<A> p) {
  return p.read<&B::x>();
}
#endif
