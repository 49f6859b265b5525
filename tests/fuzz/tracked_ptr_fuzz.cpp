// Accesses of fields, in threads that come and go, against counts kept by hand.
#define SNUG_FUZZING
#include "lib/tracked_ptr_ops.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  snug_test::tracked_operations({data, size});
  return 0;
}
