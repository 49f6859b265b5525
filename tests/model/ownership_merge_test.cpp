// Facts of several units become one: each place once, the stronger reading wins.
#include "model/ownership_merge.hpp"

#include <catch2/catch.hpp>

#include "model/merge.hpp"
#include "support/ownership_facts.hpp"

namespace snug::test {
namespace {

Model unit_with(const std::string& file, OwnerUse use) {
  Model model;
  model.abi.target = "x86_64-unknown-linux-gnu";
  Unit unit;
  unit.file = file;
  model.units.push_back(unit);
  OwnerParameter parameter;
  parameter.where = spot(10, 12, "h.hpp");
  parameter.function_id = "c:@F@f";
  parameter.use = use;
  parameter.use_where = spot(20, 21, "h.hpp");
  parameter.reads = 1;
  model.ownership.parameters = {parameter};
  ParameterDeclaration declaration;
  declaration.function_id = "c:@F@f";
  declaration.place = declared(5, 9, 12);
  declaration.place.units.clear();
  model.ownership.declarations = {declaration};
  model.ownership.named_functions = {"c:@F@" + file};
  return model;
}

}  // namespace

TEST_CASE("a function in a header counts once, with the units that see it") {
  const Model model =
      merge({unit_with("/b.cpp", OwnerUse::Read), unit_with("/a.cpp", OwnerUse::Read),
             unit_with("/c.cpp", OwnerUse::Read)});
  CHECK(model.ownership.parameters.size() == 1);
  REQUIRE(model.ownership.declarations.size() == 1);
  CHECK(model.ownership.declarations[0].place.units == std::vector<std::uint32_t>{0, 1, 2});
  CHECK(model.ownership.named_functions ==
        std::vector<std::string>{"c:@F@/a.cpp", "c:@F@/b.cpp", "c:@F@/c.cpp"});
}

TEST_CASE("what one unit stores is stored, in whatever order they come") {
  for (const bool stored_first : {true, false}) {
    std::vector<Model> parts;
    parts.push_back(unit_with("/a.cpp", stored_first ? OwnerUse::Stored : OwnerUse::Read));
    parts.push_back(unit_with("/b.cpp", stored_first ? OwnerUse::Read : OwnerUse::Stored));
    const Model model = merge(std::move(parts));
    REQUIRE(model.ownership.parameters.size() == 1);
    CHECK(model.ownership.parameters[0].use == OwnerUse::Stored);
  }
}

TEST_CASE("one declaration that cannot be edited is enough") {
  Model a = unit_with("/a.cpp", OwnerUse::Read);
  Model b = unit_with("/b.cpp", OwnerUse::Read);
  b.ownership.declarations[0].place.editable = false;
  CHECK_FALSE(merge({a, b}).ownership.declarations[0].place.editable);
  CHECK_FALSE(merge({b, a}).ownership.declarations[0].place.editable);
}

TEST_CASE("keys of two counters come from none") {
  ContainerCall call;
  call.where = spot(1);
  call.counter = "a_";
  ContainerCall other = call;
  other.counter = "b_";
  Ownership facts;
  facts.calls = {call, other};
  const Ownership once = sorted_once(facts);
  REQUIRE(once.calls.size() == 1);
  CHECK(once.calls[0].counter.empty());
}

}  // namespace snug::test
