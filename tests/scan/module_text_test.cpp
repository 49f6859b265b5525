#include "scan/command/module_text.hpp"

#include <catch2/catch.hpp>

namespace snug::test {
namespace {

TEST_CASE("exports become blanks of the same length") {
  CHECK(without_exports("export module x;\nexport struct A {};\n") ==
        "export module x;\n       struct A {};\n");
  CHECK(without_exports("export module x;export{struct A {};}int b;") ==
        "export module x;       struct A {}; int b;");
  CHECK(without_exports("export module x; export import y;") ==
        "export module x;        import y;");
  CHECK(without_exports("export module x; // export\n\"export\"; export int a;") ==
        "export module x; // export\n\"export\";        int a;");
}

TEST_CASE("what is no module interface stays") {
  CHECK_FALSE(without_exports("int a;"));
  CHECK_FALSE(without_exports("export struct A {}; // module"));
  CHECK_FALSE(without_exports("export module x; int a;"));
  CHECK(without_exports("export module x; export { int a;  export int b;") ==
        "export module x; export { int a;         int b;");
}

}  // namespace
}  // namespace snug::test
