// error: the member pointer belongs to another struct
#include <snug/soa_vector.hpp>

struct row {
  int a;
};
struct other {
  int a;
};

#ifdef SNUG_EXPECT_OK
auto column(snug::soa_vector<row>& v) {
  return v.col<&row::a>();
}
#else
auto column(snug::soa_vector<row>& v) {
  return v.col<&other::a>();
}
#endif
