#include "report/paths.hpp"

#include <catch2/catch.hpp>

using namespace snug;

TEST_CASE("paths below the root are relative to it") {
  CHECK(relative_path("/a/b/c.hpp", "/a") == "b/c.hpp");
  CHECK(relative_path("/a/b/c.hpp", "/a/") == "b/c.hpp");
  CHECK(relative_path("/ab/c.hpp", "/a") == "/ab/c.hpp");
  CHECK(relative_path("/a", "/a") == "/a");
  CHECK(relative_path("/a/b", "") == "/a/b");
  CHECK(relative_path("/a/b", "/") == "/a/b");
}

TEST_CASE("bytes that are no UTF-8 are percent-encoded, the others stay") {
  CHECK(percent_encoded("plain/100%.cpp") == "plain/100%.cpp");
  CHECK(percent_encoded("h\xc3\xb6he") == "h\xc3\xb6he");
  CHECK(percent_encoded("h\xf6he") == "h%F6he");
  CHECK(percent_encoded("\xc3") == "%C3");
  CHECK(percent_encoded("\xed\xa0\x80") == "%ED%A0%80");  // a surrogate
  CHECK(percent_encoded("\xc0\xaf") == "%C0%AF");         // overlong
  CHECK(percent_encoded("\xf0\x9f\x98\x80") == "\xf0\x9f\x98\x80");
  CHECK(percent_encoded("\xf4\x90\x80\x80") == "%F4%90%80%80");  // past U+10FFFF
}
