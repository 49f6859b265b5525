// error: one argument for each field of S
#include <snug/soa_vector.hpp>

struct row {
  int a, b;
};

#ifdef SNUG_EXPECT_OK
void add(snug::soa_vector<row>& v) {
  v.emplace_back(1, 2);
}
#else
void add(snug::soa_vector<row>& v) {
  v.emplace_back(1);
}
#endif
