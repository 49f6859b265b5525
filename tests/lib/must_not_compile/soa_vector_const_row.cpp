// error: soa_row
#include <snug/soa_vector.hpp>

struct row {
  int a;
};

#ifdef SNUG_EXPECT_OK
void change(snug::soa_vector<row>& v) {
  v[0] = row{1};
}
#else
void change(const snug::soa_vector<row>& v) {
  v[0] = row{1};
}
#endif
