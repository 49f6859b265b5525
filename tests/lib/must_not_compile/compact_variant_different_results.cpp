// error: the function must return the same type for all alternatives
#include <snug/compact_variant.hpp>

struct f {
  int operator()(int) const { return 1; }
#ifdef SNUG_EXPECT_OK
  int operator()(float) const { return 2; }
#else
  float operator()(float) const { return 2; }
#endif
};

int run(const snug::compact_variant<int, float>& v) {
  return v.visit(f{});
}
