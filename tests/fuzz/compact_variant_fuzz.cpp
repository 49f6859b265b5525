// Operation streams on compact variants against std::variant.
#define SNUG_FUZZING
#include "lib/compact_variant_ops.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  snug_test::small_and_large_operations({data, size});
  snug_test::only_boxes_operations({data, size});
  return 0;
}
