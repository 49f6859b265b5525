#include "session/type_match.hpp"

#include <catch2/catch.hpp>

#include "support/hand_made.hpp"

using namespace snug;
using namespace snug::test;

TEST_CASE("a type is matched by a suffix of its qualified name") {
  CHECK(names_record("Order", "market::Order"));
  CHECK(names_record("market::Order", "market::Order"));
  CHECK(names_record("::market::Order", "market::Order"));
  CHECK(names_record("struct Order", "market::Order"));
  CHECK(!names_record("rder", "market::Order"));
  CHECK(!names_record("ket::Order", "market::Order"));
  CHECK(!names_record("", "market::Order"));
}

TEST_CASE("template arguments are compared without blanks") {
  CHECK(names_record("Vec<int>", "ns::Vec<int>"));
  CHECK(names_record("Map<int,long>", "ns::Map<int, long>"));
  CHECK(names_record("Vec<struct A>", "ns::Vec<A>"));
  CHECK(names_record("Vec<unsigned int>", "ns::Vec<unsigned int>"));
  CHECK(!names_record("Vec<unsignedint>", "ns::Vec<unsigned int>"));
  CHECK(!names_record("Vec<int>", "ns::Vec<int>::Node"));
  CHECK(!names_record("B>", "ns::Vec<a::B>"));
}

TEST_CASE("an exact name wins over suffixes, a template names its instantiations") {
  Record one = record("Vec<int>", 8, {}), two = record("Vec<char>", 4, {});
  one.template_name = two.template_name = "ns::Vec";
  Record order = record("Order", 8, {}), other = record("web::Order", 8, {});
  Record hidden = record("std::Order", 8, {});
  hidden.reported = false;
  const Model model = model_of({one, two, order, other, hidden});
  CHECK(matching_records("Order", model).size() == 1);
  CHECK(matching_records("web::Order", model).front()->name == "web::Order");
  CHECK(matching_records("Vec", model).size() == 2);
  CHECK(matching_records("Vec<int>", model).size() == 1);
  CHECK(matching_records("std::Order", model).size() == 1);
  CHECK(matching_records("Nothing", model).empty());
}

TEST_CASE("a misspelt type gets a hint") {
  const Model model = model_of({record("market::Order", 8, {})});
  CHECK(type_hint("market::Ordre", model) == "; did you mean 'market::Order'?");
  CHECK(type_hint("Ordre", model) == "; did you mean 'market::Order'?");
  CHECK(type_hint("Zebra", model).empty());
}
