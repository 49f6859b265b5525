#include <catch2/catch.hpp>

#include "support/model_builder.hpp"
#include "support/ownership_facts.hpp"

using namespace snug;
using namespace snug::test;

namespace {

OwnerUnwrap unwrap(UnwrapSource source) {
  OwnerUnwrap one;
  one.where = spot(40);
  one.function = "f";
  one.function_id = "c:@F@f";
  one.name = "p";
  one.type = owner_of("T");
  one.source = source;
  one.size = 24;
  one.returned = true;
  return one;
}

OwnerArgument argument(bool copied, std::uint64_t place = 100) {
  OwnerArgument one;
  one.where = spot(place);
  one.function_id = "c:@F@f";
  one.caller = "main";
  one.copied = copied;
  return one;
}

std::vector<Finding> run(const OwnerUnwrap& one, const std::vector<OwnerArgument>& calls = {},
                         const OptionValues& options = {}) {
  ModelBuilder builder;
  builder.model().ownership.unwraps = {one};
  builder.model().ownership.arguments = calls;
  return builder.run("last-owner-copy", options);
}

}  // namespace

TEST_CASE("last-owner-copy: the only owner is made in the same function") {
  const auto findings = run(unwrap(UnwrapSource::Made));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Warning);
  CHECK(findings[0].message ==
        "'*p' copies a 'T' of 24 bytes, and what it owns, out of its only owner that ends here: "
        "the last owner can give the object away");
  CHECK(findings[0].subject == "f\n*p");
  CHECK(has_evidence(findings[0], "alternative", "std::move(*p)"));
}

TEST_CASE("last-owner-copy: a parameter is judged by its callers") {
  const OwnerUnwrap one = unwrap(UnwrapSource::Parameter);
  REQUIRE(run(one, {argument(false)}).size() == 1);
  CHECK(run(one, {argument(false)})[0].level == Level::Warning);
  CHECK(has_evidence(run(one, {argument(false)})[0], "call", "'main' gives its owner away"));
  CHECK(run(one, {argument(true)}).empty());
  CHECK(run(one, {argument(true), argument(false, 200)}).size() == 1);
  REQUIRE(run(one).size() == 1);
  CHECK(run(one)[0].level == Level::Note);
}

TEST_CASE("last-owner-copy: another local is a note") {
  REQUIRE(run(unwrap(UnwrapSource::Local)).size() == 1);
  CHECK(run(unwrap(UnwrapSource::Local))[0].level == Level::Note);
}

TEST_CASE("last-owner-copy: snug::rc has try_unwrap") {
  OwnerUnwrap one = unwrap(UnwrapSource::Local);
  one.type.family = "snug::rc";
  CHECK(has_evidence(run(one).at(0), "alternative", "snug::try_unwrap(std::move(p))"));
}

TEST_CASE("last-owner-copy: silent where nothing can be taken or another owner exists") {
  const std::vector<bool OwnerUnwrap::*> flags = {&OwnerUnwrap::trivial, &OwnerUnwrap::shared,
                                                  &OwnerUnwrap::used_after, &OwnerUnwrap::in_loop,
                                                  &OwnerUnwrap::from_macro};
  for (std::size_t i = 0; i < flags.size(); ++i) {
    OwnerUnwrap one = unwrap(UnwrapSource::Made);
    one.*flags[i] = true;
    CAPTURE(i);
    CHECK(run(one).empty());
  }
  OwnerUnwrap constant = unwrap(UnwrapSource::Made);
  constant.type.const_pointee = true;
  CHECK(run(constant).empty());
}

TEST_CASE("last-owner-copy: silent for small objects and those that are copied as bytes") {
  CHECK(run(unwrap(UnwrapSource::Made), {}, {{"last-owner-copy.min-bytes", 25}}).empty());
  ModelBuilder builder;
  const std::string id = builder.add({.name = "T", .fields = {real("a")}});
  builder.record("T").traits.trivially_copyable = true;
  OwnerUnwrap one = unwrap(UnwrapSource::Made);
  one.type.pointee_id = id;
  builder.model().ownership.unwraps = {one};
  CHECK(builder.run("last-owner-copy").empty());
  builder.record("T").traits.trivially_copyable = false;
  CHECK(builder.run("last-owner-copy").size() == 1);
}
