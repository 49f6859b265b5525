// Files that no unit reads, and what they may do with a type.
#include "session/unread_files.hpp"

#include <catch2/catch.hpp>

using namespace snug;

TEST_CASE("a type of a source file is known to who includes that file, and to what it includes") {
  const std::vector<std::string> pieces = {"table.inc", "x.h"};
  const auto may = [&](const std::string& text, const std::string& file) {
    return may_use_own(text, "Order", "/p/" + file, "/p/src/list.c", pieces);
  };
  CHECK(may("#include \"../src/list.c\"\nstruct Order o = {1, 2};\n", "test.c"));
  CHECK(may("{1, Order}", "table.inc"));
  CHECK(may("struct Order* first;\n", "x.h"));
  CHECK_FALSE(may("#include \"x.h\"\nstruct Order o = {1, 2};\n", "test.c"));
  CHECK_FALSE(may("{1, Order}", "other.inc"));
  CHECK_FALSE(may("#include \"list.c\"\nstruct Orders o;\n", "test.c"));
}

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
