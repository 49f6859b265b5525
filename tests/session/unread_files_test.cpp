// Files that no unit reads, and what they may do with a type.
#include "session/unread_files.hpp"

#include <catch2/catch.hpp>

using namespace snug;

TEST_CASE("a text may use a type that it names and whose headers it includes") {
  const std::vector<std::string> headers = {"a.hpp", "b.h"};
  CHECK(may_use("#include \"a.hpp\"\nOrder o{1, 2};\n", "Order", headers, false));
  CHECK(may_use("  #  include <lib/b.h>\nstruct Order* p;\n", "Order", headers, false));
  CHECK(may_use("{1, Order}", "Order", headers, true));
  CHECK_FALSE(may_use("{1, Order}", "Order", headers, false));
  CHECK_FALSE(may_use("#include \"c.hpp\"\nOrder o;\n", "Order", headers, false));
  CHECK_FALSE(
      may_use("#include \"a.hpp\"\nOrders o; MyOrder p; Order_2 q;\n", "Order", headers, false));
  CHECK_FALSE(may_use("#include \"a.hpp\"\n", "", headers, true));
  CHECK_FALSE(may_use("// #include \"a.hpp\" is gone\nOrder o;\n", "Order", headers, false));
}
