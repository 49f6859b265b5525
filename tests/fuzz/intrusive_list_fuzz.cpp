// Operation streams on the intrusive lists against std::list.
#define SNUG_FUZZING
#include "lib/intrusive_list_ops.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  snug_test::list_operations<false>({data, size});
  snug_test::list_operations<true>({data, size});
  snug_test::slist_operations({data, size});
  return 0;
}
