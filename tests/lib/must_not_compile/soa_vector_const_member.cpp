// error: S has a const member, which no row could assign
#include <snug/soa_vector.hpp>

struct row {
#ifdef SNUG_EXPECT_OK
  int a;
#else
  const int a;
#endif
  int b;
};

snug::soa_vector<row> v;
