#include "base/glob.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace snug::test {
namespace {

TEST_CASE("a pattern matches the whole path") {
  CHECK(glob_matches("a.cpp", "a.cpp"));
  CHECK_FALSE(glob_matches("a.cpp", "xa.cpp"));
  CHECK_FALSE(glob_matches("a.cpp", "a.cpp/x"));
  CHECK(glob_matches("", ""));
  CHECK_FALSE(glob_matches("", "a"));
}

TEST_CASE("a star and a question mark stay within a component") {
  CHECK(glob_matches("/usr/bin/*-g++", "/usr/bin/arm-g++"));
  CHECK_FALSE(glob_matches("/usr/*", "/usr/bin/g++"));
  CHECK(glob_matches("*", ""));
  CHECK(glob_matches("a?c", "abc"));
  CHECK_FALSE(glob_matches("a?c", "a/c"));
  CHECK(glob_matches("a*b*c", "aXbYbZc"));
}

TEST_CASE("two stars cross components and may match none") {
  CHECK(glob_matches("**", "a/b/c"));
  CHECK(glob_matches("a/**/b", "a/b"));
  CHECK(glob_matches("a/**/b", "a/x/y/b"));
  CHECK_FALSE(glob_matches("a/**/b", "ab"));
  CHECK(glob_matches("**/test/*", "test/x"));
  CHECK(glob_matches("**/test/*", "a/b/test/x"));
  CHECK_FALSE(glob_matches("a/**", "a"));
  CHECK(glob_matches("/a/**", "/a/b/c"));
}

TEST_CASE("sets match one byte, never a slash") {
  CHECK(glob_matches("[a-c]x", "bx"));
  CHECK_FALSE(glob_matches("[a-c]x", "dx"));
  CHECK(glob_matches("[!a-c]x", "dx"));
  CHECK_FALSE(glob_matches("a[!b]c", "a/c"));
  CHECK(glob_matches("[]]", "]"));
  CHECK(glob_matches("[a-]", "-"));
  CHECK(glob_matches("[abc", "[abc"));
  CHECK(glob_matches("\\*", "*"));
  CHECK_FALSE(glob_matches("\\*", "a"));
  CHECK(glob_matches("g++-[0-9]*", "g++-12"));
}

TEST_CASE("no pattern takes exponential time") {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "*a";
  CHECK_FALSE(glob_matches(pattern, std::string(2000, 'a') + "b"));
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "**/";
  CHECK(glob_matches(deep + "x", "a/b/c/x"));
}

}  // namespace
}  // namespace snug::test
