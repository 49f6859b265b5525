// Allocations, scopes and rewinds of an arena against a list of what must be alive.
#define SNUG_FUZZING
#include "lib/arena_ops.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  snug_test::arena_operations({data, size});
  return 0;
}
