#include "base/base64.hpp"

#include <catch2/catch.hpp>

using namespace snug;

TEST_CASE("base 64 follows the test vectors of RFC 4648") {
  CHECK(base64("").empty());
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foobar") == "Zm9vYmFy");
  CHECK(base64(std::string_view("\0\xff", 2)) == "AP8=");
}
