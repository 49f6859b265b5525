// error: bit-field
#include <snug/layout.hpp>

struct S {
#ifdef SNUG_EXPECT_OK
  unsigned x;
#else
  unsigned x : 3;
#endif
  int y;
};
static_assert(snug::layout_of<S>::fields == 2);
