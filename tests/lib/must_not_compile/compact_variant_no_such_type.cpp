// error: the type is not exactly one of the alternatives
#include <snug/compact_variant.hpp>

using value = snug::compact_variant<int, float>;
#ifdef SNUG_EXPECT_OK
bool is(const value& v) {
  return v.holds<float>();
}
#else
bool is(const value& v) {
  return v.holds<double>();
}
#endif
