// Operation streams on soa_vector and aosoa_vector against std::vector.
#define SNUG_FUZZING
#include "lib/soa_vector_ops.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  snug_test::soa_operations<snug::soa_vector<snug_test::record>>({data, size});
  snug_test::soa_operations<snug::aosoa_vector<snug_test::record, 4>>({data, size});
  return 0;
}
