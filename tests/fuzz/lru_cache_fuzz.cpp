// Operation streams on a cache with weights and a callback against a slow model.
#define SNUG_FUZZING
#include "lib/lru_cache_ops.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  snug_test::lru_operations({data, size});
  return 0;
}
