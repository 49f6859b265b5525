// error: the size of this type is not the one asserted by SNUG_ASSERT_LAYOUT (see found_size and
// wanted_size) error: found_size<24> error: wanted_size<16>
#include <snug/layout.hpp>

struct Order {
  double price;
#ifdef SNUG_EXPECT_OK
  int quantity;
  bool open;
#else
  bool open;
  double quantity;
#endif
};
SNUG_ASSERT_LAYOUT(Order, 16, 3);
