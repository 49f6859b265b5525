#include "analysis/deduction.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace snug::test {
namespace {

/// The text with a ^ in front of the first value.
bool deduced(std::string text) {
  const auto at = text.find('^');
  REQUIRE(at != std::string::npos);
  text.erase(at, 1);
  return may_deduce_arguments(text, at, "app::Node");
}

}  // namespace

TEST_CASE("a type that is written out is not deduced from the values") {
  CHECK_FALSE(deduced("Node<int> f() { return {^1, 2}; }"));
  CHECK_FALSE(deduced("auto n = Node<int>{^1, 2};"));
  CHECK_FALSE(deduced("auto n = new app::Node<int>{ /* first */ ^1, 2};"));
  CHECK_FALSE(deduced("Node<int> n{^1, 2};"));
  CHECK_FALSE(deduced("Node<std::pair<int, int>> n = {^1, 2};"));
  CHECK_FALSE(deduced("void g() { take({^1, 2}); }"));
  CHECK_FALSE(deduced("auto n = Node<int>(^1, 2);"));
}

TEST_CASE("a type that the values may choose is deduced") {
  CHECK(deduced("app::Node n{^1, 2};"));
  CHECK(deduced("Node n = {^1, 2};"));
  CHECK(deduced("auto n = Node{^1, 2};"));
  CHECK(deduced("auto n = new Node(^1, 2);"));
  CHECK(deduced("Node<int> a; Node n{^1, 2};"));
  CHECK(deduced("Alias n{^1, 2};"));
  CHECK(deduced("auto n = Alias{^1, 2};"));
  CHECK(deduced("^1"));
}

}  // namespace snug::test
