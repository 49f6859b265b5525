#include "report/formats/uri.hpp"

#include <catch2/catch.hpp>

using namespace snug;

TEST_CASE("everything but unreserved characters and slashes is percent-encoded") {
  CHECK(uri_path("src/a-b_c.d~e/f.hpp") == "src/a-b_c.d~e/f.hpp");
  CHECK(uri_path("a b#c?d%e&f+g.cpp") == "a%20b%23c%3Fd%25e%26f%2Bg.cpp");
  CHECK(uri_path("c++/[x]") == "c%2B%2B/%5Bx%5D");
  CHECK(uri_path("caf\xc3\xa9.cpp") == "caf%C3%A9.cpp");
  CHECK(uri_path("caf\xe9.cpp") == "caf%E9.cpp");
}

TEST_CASE("a colon in a relative path is no scheme") {
  CHECK(uri_path("c:x.cpp") == "c%3Ax.cpp");
}

TEST_CASE("absolute paths become file URIs, folders end with a slash") {
  CHECK(file_uri("/a b/c.cpp") == "file:///a%20b/c.cpp");
  CHECK(file_uri("/project", true) == "file:///project/");
  CHECK(file_uri("/", true) == "file:///");
}
