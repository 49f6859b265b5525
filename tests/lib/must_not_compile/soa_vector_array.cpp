// error: S has an array member; use std::array
#include <snug/soa_vector.hpp>

#include <array>

struct row {
#ifdef SNUG_EXPECT_OK
  std::array<int, 3> a;
#else
  int a[3];
#endif
  int b;
};

snug::soa_vector<row> v;
