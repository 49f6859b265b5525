// error: a reference among them
#include <snug/soa_vector.hpp>

struct row {
#ifdef SNUG_EXPECT_OK
  int* a;
#else
  int& a;
#endif
};

snug::soa_vector<row> v;
