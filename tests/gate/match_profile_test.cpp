#include "gate/match_profile.hpp"

#include <catch2/catch.hpp>

#include <limits>

#include "support/hand_made.hpp"

using namespace snug;
using namespace snug::test;

namespace {

Record named(const std::string& name, const std::string& id) {
  Record made = record(name, 16, {field("price", "long", 0, 8), field("size", "long", 8, 8)});
  made.id = id;
  made.reported = true;
  return made;
}

ProfiledType counted(std::string name, std::string field, Accesses accesses) {
  return {std::move(name), {{std::move(field), accesses}}};
}

using Problems = std::vector<std::string>;

}  // namespace

TEST_CASE("profile: counts go to the slots of the record of that name") {
  const Model model = model_of({named("a::Order", "1"), named("b::Order", "2")});
  const std::vector<ProfiledType> types = {counted("b::Order", "size", {3, 4})};
  const MatchedProfile matched = match_profile(types, model);
  CHECK(matched.problems.empty());
  REQUIRE(matched.profile.records.size() == 1);
  CHECK(matched.profile.of("1") == nullptr);
  REQUIRE(matched.profile.of("2") != nullptr);
  CHECK(matched.profile.of("2")->slots == std::vector<Accesses>{{0, 0}, {3, 4}});
  CHECK(matched.profile.of("2")->sum() == Accesses{3, 4});
}

TEST_CASE("profile: names of another compiler find their record") {
  const Model model = model_of(
      {named("a::V<a::S>", "1"), named("a::V<unsigned long>", "2"), named("f()::Local", "3")});
  const std::vector<ProfiledType> types = {counted("a::V<a::v1::S, 4>", "price", {1, 0}),
                                           counted("a::V<long unsigned int>", "price", {2, 0}),
                                           counted("Local", "price", {3, 0})};
  const MatchedProfile matched = match_profile(types, model);
  CHECK(matched.problems.empty());
  for (const char* id : {"1", "2", "3"}) REQUIRE(matched.profile.of(id) != nullptr);
  CHECK(matched.profile.of("1")->sum().reads == 1);
  CHECK(matched.profile.of("2")->sum().reads == 2);
  CHECK(matched.profile.of("3")->sum().reads == 3);
}

TEST_CASE("profile: records of one name share the counts, several names are not guessed between") {
  const Model model =
      model_of({named("(anonymous namespace)::S", "1"), named("(anonymous namespace)::S", "2"),
                named("f()::L", "3"), named("g()::L", "4")});
  const std::vector<ProfiledType> types = {counted("{anonymous}::S", "price", {1, 0}),
                                           counted("L", "price", {1, 0})};
  const MatchedProfile matched = match_profile(types, model);
  CHECK(matched.profile.of("1") != nullptr);
  CHECK(matched.profile.of("2") != nullptr);
  CHECK(matched.profile.of("3") == nullptr);
  CHECK(matched.problems == Problems{"'L' may be 'f()::L' and 'g()::L'; its counts are left out"});
}

TEST_CASE("profile: what no record has is told, with what may have been meant") {
  const Model model = model_of({named("market::Order", "1")});
  const std::vector<ProfiledType> types = {counted("market::Ordre", "price", {1, 0}),
                                           counted("zzz", "price", {1, 0}),
                                           counted("market::Order", "pryce", {1, 0})};
  const MatchedProfile matched = match_profile(types, model);
  CHECK(matched.problems ==
        Problems{"no record is named 'market::Ordre', whose counts are left out; did you mean "
                 "'market::Order'?",
                 "no record is named 'zzz', whose counts are left out",
                 "'market::Order' has no field 'pryce', whose counts are left out; did you mean "
                 "'price'?"});
  REQUIRE(matched.profile.of("1") != nullptr);
  CHECK(matched.profile.of("1")->sum() == Accesses());
}

TEST_CASE("profile: members of an anonymous union count for its slot, and sums do not go round") {
  Record made = named("S", "1");
  Slot members;
  members.kind = SlotKind::Field;
  members.extent = {128, 64};
  members.members = {field("whole", "long", 16, 8), field("half", "int", 16, 4)};
  made.slots.push_back(members);
  const Model model = model_of({made});
  const std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  const std::vector<ProfiledType> types = {
      {"S", {{"whole", {most, 1}}, {"half", {5, most}}, {"price", {1, 0}}}}};
  const MatchedProfile matched = match_profile(types, model);
  CHECK(matched.problems.empty());
  REQUIRE(matched.profile.of("1") != nullptr);
  CHECK(matched.profile.of("1")->slots.back() == Accesses{most, most});
  CHECK(matched.profile.of("1")->sum() == Accesses{most, most});
  CHECK(matched.profile.of("1")->sum().total() == most);
}

TEST_CASE("profile: a record is hot with a tenth of the accesses of the one that has most") {
  const Model model =
      model_of({named("A", "1"), named("B", "2"), named("C", "3"), named("D", "4")});
  const std::vector<ProfiledType> types = {
      counted("A", "price", {100, 0}), counted("B", "price", {5, 5}), counted("C", "price", {9, 0}),
      counted("D", "price", {0, 0})};
  const AccessProfile profile = match_profile(types, model).profile;
  CHECK(profile.is_hot("1"));
  CHECK(profile.is_hot("2"));
  CHECK_FALSE(profile.is_hot("3"));
  CHECK_FALSE(profile.is_hot("4"));
  CHECK_FALSE(profile.is_hot("5"));
}
