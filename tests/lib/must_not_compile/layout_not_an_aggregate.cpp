// error: only the fields of an aggregate are known
#include <snug/layout.hpp>

struct S {
#ifndef SNUG_EXPECT_OK
  S() {}
#endif
  int x;
};
static_assert(snug::layout_of<S>::fields == 1);
