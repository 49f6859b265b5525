// One table of families: what is in it is merged and stored; nothing is in the model beside it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "model/facts/tables.hpp"
#include "model/merge.hpp"

namespace snug::test {

/// A family that no model has yet: what it takes to be joined is its traits alone.
struct Landmark {
  std::string id;
  std::uint32_t height = 0;
  std::vector<std::uint32_t> seen_by;
};

}  // namespace snug::test

template <>
struct snug::FactTraits<snug::test::Landmark> {
  static std::string key(const test::Landmark& landmark) { return landmark.id; }
  static bool join(test::Landmark& known, test::Landmark& other, bool first) {
    known.height = std::max(known.height, other.height);
    known.seen_by.insert(known.seen_by.end(), other.seen_by.begin(), other.seen_by.end());
    return first;
  }
  static std::vector<std::uint32_t>& units(test::Landmark& landmark) { return landmark.seen_by; }
};

namespace snug::test {
namespace {

const UnitOrder by_number = [](std::uint32_t a, std::uint32_t b) { return a < b; };

/// The addresses of the lists of facts that a model has, by its own members.
template <class... Members>
std::set<const void*> addresses(const Members&... members) {
  return {static_cast<const void*>(&members)...};
}

}  // namespace

TEST_CASE("each family of facts of a model is in the one table, once") {
  Model model;
  auto& [abi, units, records, conflicts, uses, initializers, functions, variables, holdings,
         enumerations, enum_uses, ownership, variants, file_hashes, left_out, rules] = model;
  auto& [parameters, declarations, arguments, named_functions, copies, news, unwraps, fields,
         stores, containers, calls, touches] = model.ownership;
  const std::set<const void*> members =
      addresses(uses, initializers, functions, variables, holdings, enumerations, enum_uses,
                variants, parameters, declarations, arguments, named_functions, copies, news,
                unwraps, fields, stores, containers, calls, touches);
  std::set<const void*> tables;
  each_fact_table([&](auto table, auto) { tables.insert(&table.of(model)); });
  CHECK(tables == members);
  CHECK(tables.size() == fact_table_count);
}

TEST_CASE("a new family is joined by its traits alone") {
  STATIC_REQUIRE(FactWithOrigin<Landmark>);
  STATIC_REQUIRE(FactWithUnits<Landmark>);
  STATIC_REQUIRE_FALSE(FactWithUnits<Variable>);
  FactMerger<Landmark> merger;
  merger.add({"tower", 12, {3}}, 3, by_number);
  merger.add({"bridge", 5, {3}}, 3, by_number);
  merger.add({"tower", 20, {1}}, 1, by_number);
  merger.add({"tower", 7, {2}}, 2, by_number);
  std::vector<std::uint32_t> from;
  const std::vector<Landmark> joined = merger.finish(&from);
  REQUIRE(joined.size() == 2);
  CHECK(joined[0].id == "bridge");
  CHECK(joined[1].height == 20);
  CHECK(joined[1].seen_by == std::vector<std::uint32_t>{3, 1, 2});
  CHECK(from == std::vector<std::uint32_t>{3, 1});
  CHECK(merger.finish().empty());
}

TEST_CASE("without a join the copy of the earliest unit is kept, in whatever order they come") {
  std::vector<std::uint32_t> order = {0, 1, 2};
  do {
    FactMerger<Variable> merger;
    for (const std::uint32_t unit : order) {
      Variable variable;
      variable.id = "v";
      variable.size = 100 + unit;
      merger.add(variable, unit, by_number);
    }
    const std::vector<Variable> joined = merger.finish();
    REQUIRE(joined.size() == 1);
    CHECK(joined[0].size == 100);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("every table goes through a merge, and what it keeps of units with it") {
  Model part;
  part.abi.target = "x86_64-unknown-linux-gnu";
  part.units.resize(1);
  part.units[0].file = "/a.cpp";
  each_fact_table([&](auto table, auto) { table.of(part).resize(1); });
  Merger merger;
  merger.add(part);
  Origins origins;
  Model merged = merger.finish(&origins);
  each_fact_table([&](auto table, auto index) {
    using Fact = FactOf<decltype(table)>;
    INFO("table " << index);
    CHECK(table.of(merged).size() == 1);
    CHECK(origins.of(index).size() == (FactWithOrigin<Fact> ? 1U : 0U));
    if constexpr (FactWithUnits<Fact>) {
      CHECK(FactTraits<Fact>::units(table.of(merged)[0]) == std::vector<std::uint32_t>{0});
    }
  });
  CHECK(fits(origins, merged));
  origins.of(fact_table_count - 1).push_back(0);
  CHECK_FALSE(fits(origins, merged));
}

}  // namespace snug::test
