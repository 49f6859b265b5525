#include "gate/type_glob.hpp"

#include <catch2/catch.hpp>

using namespace snug;

TEST_CASE("a glob fits the end of a qualified name that begins at a component") {
  CHECK(type_glob_matches("Order", "Order"));
  CHECK(type_glob_matches("Order", "market::Order"));
  CHECK(!type_glob_matches("Order", "market::StopOrder"));
  CHECK(!type_glob_matches("Order", "Order::Line"));
  CHECK(type_glob_matches("market::Order", "a::market::Order"));
  CHECK(!type_glob_matches("::Order", "market::Order"));
  CHECK(type_glob_matches("::Order", "Order"));
}

TEST_CASE("stars stay within a component unless they are two") {
  CHECK(type_glob_matches("market::*", "market::Order"));
  CHECK(!type_glob_matches("market::*", "market::book::Level"));
  CHECK(type_glob_matches("market::**", "market::book::Level"));
  CHECK(type_glob_matches("*Header", "net::TcpHeader"));
  CHECK(type_glob_matches("Leve?", "market::Level"));
  CHECK(type_glob_matches("**", "a::b::C"));
}

TEST_CASE("template arguments and places in names are no components") {
  CHECK(type_glob_matches("Vec<*>", "ns::Vec<a::B>"));
  CHECK(type_glob_matches("Vec<a::B>", "ns::Vec<a::B>"));
  CHECK(!type_glob_matches("B>", "ns::Vec<a::B>"));
  CHECK(type_glob_matches("Outer::*", "Outer::(anonymous struct at a/b.hpp:1:2)"));
}
