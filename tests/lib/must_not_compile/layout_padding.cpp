// error: the padding of this type is not the one asserted by SNUG_ASSERT_LAYOUT (see found_padding
// and wanted_padding) error: found_padding<3> error: wanted_padding<1>
#include <snug/layout.hpp>

struct Order {
  double price;
  int quantity;
  bool open;
};
#ifdef SNUG_EXPECT_OK
SNUG_ASSERT_LAYOUT(Order, 16, 3);
#else
SNUG_ASSERT_LAYOUT(Order, 16, 1);
#endif
