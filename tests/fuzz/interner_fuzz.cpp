// Random strings into the interners against a std::map.
#define SNUG_FUZZING
#include "lib/interner_ops.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  snug_test::interner_operations<snug::interner>({data, size});
  snug_test::interner_operations<snug::sync_interner>({data, size});
  snug_test::interner_operations<snug_test::poor_interner>({data, size});
  return 0;
}
