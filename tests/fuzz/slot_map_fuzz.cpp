// Operation streams on slot_map and gen_arena against std::map.
#define SNUG_FUZZING
#include "lib/slot_map_ops.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  snug_test::slot_map_operations<snug::slot_map<std::string>>({data, size});
  snug_test::slot_map_operations<snug::gen_arena<std::string>>({data, size});
  snug_test::slot_map_operations<snug::slot_map<std::string, int, 2>>({data, size});
  snug_test::slot_map_operations<snug::gen_arena<std::string, int, 2>>({data, size});
  return 0;
}
