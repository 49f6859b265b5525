#include <catch2/catch.hpp>

#include "support/model_builder.hpp"
#include "support/ownership_facts.hpp"

using namespace snug;
using namespace snug::test;

namespace {

/// `int f(std::shared_ptr<T> p)` with a read of p, declared twice, and a call that copies.
ModelBuilder read_only() {
  ModelBuilder builder;
  OwnerParameter parameter;
  parameter.where = spot(30);
  parameter.function = "f";
  parameter.function_id = "c:@F@f";
  parameter.name = "p";
  parameter.type = owner_of("T");
  parameter.reads = 2;
  parameter.first_read = spot(40);
  Ownership& facts = builder.model().ownership;
  facts.parameters = {parameter};
  facts.declarations = {{"c:@F@f", 0, declared(10, 29, 31)},
                        {"c:@F@f", 0, declared(110, 129, 131)}};
  OwnerArgument argument;
  argument.where = spot(200);
  argument.function_id = "c:@F@f";
  argument.caller = "main";
  argument.copied = true;
  facts.arguments = {argument};
  return builder;
}

std::size_t count_findings(ModelBuilder& builder) {
  return builder.run("shared-ptr-by-value").size();
}

}  // namespace

TEST_CASE("shared-ptr-by-value: a parameter that is only read becomes a reference") {
  ModelBuilder builder = read_only();
  const auto findings = builder.run("shared-ptr-by-value");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Warning);
  CHECK(findings[0].needs_proof);
  CHECK(findings[0].where.begin == 30);
  CHECK(findings[0].message ==
        "'p' of 'f' is a std::shared_ptr<T> by value that is only read: each call that copies it "
        "increments and decrements the reference count; pass by const reference");
  CHECK(has_evidence(findings[0], "copy", "'main' copies its owner"));
  const SuggestedFix& fix = findings[0].fixes.at(0);
  CHECK(fix.safety == Safety::Safe);
  CHECK(fix.promise.units == std::vector<std::uint32_t>{0});
  REQUIRE(fix.edits.size() == 4);
  CHECK(fix.edits[0].text == "const ");
  CHECK(fix.edits[0].begin == 10);
  CHECK(fix.edits[1].text == "&");
  CHECK(fix.edits[1].begin == 29);
  CHECK(fix.edits[2].begin == 110);
}

TEST_CASE("shared-ptr-by-value: silent where the body takes owners away") {
  ModelBuilder builder = read_only();
  CHECK(count_findings(builder) == 1);
  builder.model().ownership.parameters[0].drops_owners = true;
  CHECK(count_findings(builder) == 0);
}

TEST_CASE("shared-ptr-by-value: the fingerprint is of function and parameter") {
  const auto findings = read_only().run("shared-ptr-by-value");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].subject == "f\np");
}

TEST_CASE("shared-ptr-by-value: const stands there already") {
  ModelBuilder builder = read_only();
  for (auto& one : builder.model().ownership.declarations) one.place.is_const = true;
  const auto findings = builder.run("shared-ptr-by-value");
  REQUIRE(findings.size() == 1);
  REQUIRE(findings[0].fixes.at(0).edits.size() == 2);
  CHECK(findings[0].fixes[0].edits[0].text == "&");
}

TEST_CASE("shared-ptr-by-value: silent for every use that needs an owner") {
  for (const OwnerUse use : {OwnerUse::Stored, OwnerUse::Moved, OwnerUse::Captured,
                             OwnerUse::Returned, OwnerUse::Assigned}) {
    ModelBuilder builder = read_only();
    builder.model().ownership.parameters[0].use = use;
    CAPTURE(to_string(use));
    CHECK(count_findings(builder) == 0);
  }
}

TEST_CASE("shared-ptr-by-value: silent where the signature is not the function's own to change") {
  const std::vector<bool OwnerParameter::*> flags = {
      &OwnerParameter::virtual_function, &OwnerParameter::coroutine, &OwnerParameter::from_macro};
  for (std::size_t i = 0; i < flags.size(); ++i) {
    ModelBuilder builder = read_only();
    builder.model().ownership.parameters[0].*flags[i] = true;
    CAPTURE(i);
    CHECK(count_findings(builder) == 0);
  }
  // A lambda of which no call is known is for somebody else to call.
  ModelBuilder lambda = read_only();
  lambda.model().ownership.parameters[0].lambda = true;
  CHECK(count_findings(lambda) == 1);
  lambda.model().ownership.arguments.clear();
  CHECK(count_findings(lambda) == 0);
  ModelBuilder named = read_only();
  named.model().ownership.named_functions = {"c:@F@f"};
  CHECK(count_findings(named) == 0);
}

TEST_CASE("shared-ptr-by-value: silent for a parameter that is not used, or kept for its life") {
  ModelBuilder builder = read_only();
  builder.model().ownership.parameters[0].reads = 0;
  CHECK(count_findings(builder) == 0);
}

TEST_CASE("shared-ptr-by-value: silent where every caller gives its owner away") {
  ModelBuilder builder = read_only();
  builder.model().ownership.arguments[0].copied = false;
  CHECK(count_findings(builder) == 0);
}

TEST_CASE("shared-ptr-by-value: silent where the object is taken out of the owner") {
  ModelBuilder builder = read_only();
  Ownership& facts = builder.model().ownership;
  OwnerUnwrap unwrap;
  unwrap.function_id = "c:@F@f";
  unwrap.source = UnwrapSource::Parameter;
  facts.unwraps = {unwrap};
  CHECK(count_findings(builder) == 1);  // all callers copy: nothing is taken out of the last owner
  OwnerArgument moved = facts.arguments[0];
  moved.copied = false;
  facts.arguments.push_back(moved);
  CHECK(count_findings(builder) == 0);
}

TEST_CASE("shared-ptr-by-value: a note where no call was read, or too few copy") {
  ModelBuilder builder = read_only();
  const auto few = builder.run("shared-ptr-by-value", {{"shared-ptr-by-value.min-copies", 2}});
  REQUIRE(few.size() == 1);
  CHECK(few[0].level == Level::Note);
  builder.model().ownership.arguments.clear();
  const auto unseen = builder.run("shared-ptr-by-value");
  REQUIRE(unseen.size() == 1);
  CHECK(unseen[0].level == Level::Note);
}

TEST_CASE("shared-ptr-by-value: a function of a source file needs no call for a warning") {
  ModelBuilder builder = read_only();
  Ownership& facts = builder.model().ownership;
  facts.arguments.clear();
  for (ParameterDeclaration& one : facts.declarations) {
    one.place.where.file = builder.model().units.at(0).file;
  }
  const auto findings = builder.run("shared-ptr-by-value");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Warning);
  facts.declarations[0].place.where.file = "/project/public.hpp";
  CHECK(builder.run("shared-ptr-by-value").at(0).level == Level::Note);
}

TEST_CASE("shared-ptr-by-value: a body that calls out asks for a look") {
  ModelBuilder builder = read_only();
  builder.model().ownership.parameters[0].calls_out = true;
  const auto findings = builder.run("shared-ptr-by-value");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].fixes.at(0).safety == Safety::Review);
}

TEST_CASE("shared-ptr-by-value: one declaration from a macro refuses the whole fix") {
  ModelBuilder builder = read_only();
  builder.model().ownership.declarations[1].place.editable = false;
  const auto findings = builder.run("shared-ptr-by-value");
  REQUIRE(findings.size() == 1);
  CHECK_FALSE(findings[0].needs_proof);
  CHECK(findings[0].fixes.at(0).safety == Safety::Refused);
  CHECK(findings[0].fixes[0].edits.empty());
}
