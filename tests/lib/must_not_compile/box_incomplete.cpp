// error: incomplete
#include <snug/box.hpp>

struct S;
#ifdef SNUG_EXPECT_OK
struct S {};
#endif
void destroy(snug::box<S>* p) {
  p->~box();
}
