// error: N, the rows of a block, must be a power of two
#include <snug/soa_vector.hpp>

struct row {
  int a;
};

#ifdef SNUG_EXPECT_OK
snug::aosoa_vector<row, 8> v;
#else
snug::aosoa_vector<row, 12> v;
#endif
