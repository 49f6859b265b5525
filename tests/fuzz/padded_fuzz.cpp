// Iterators, copies and sorting of a padded_array against a std::array.
#define SNUG_FUZZING
#include "lib/padded_ops.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  snug_test::padded_operations({data, size});
  return 0;
}
