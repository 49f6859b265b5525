// error: bit-field
#include <snug/soa_vector.hpp>

struct row {
  int a;
#ifdef SNUG_EXPECT_OK
  int b;
#else
  int b : 3;
#endif
};

std::size_t rows(snug::soa_vector<row>& v) {
  v.push_back({});
  return v.size();
}
