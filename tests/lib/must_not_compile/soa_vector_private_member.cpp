// error: only the fields of an aggregate are known
#include <snug/soa_vector.hpp>

class row {
#ifdef SNUG_EXPECT_OK
 public:
#endif
  int a = 0;
};

snug::soa_vector<row> v;
