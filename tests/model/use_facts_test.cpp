#include "model/facts/use_facts.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>

namespace snug::test {
namespace {

const UnitOrder by_number = [](std::uint32_t a, std::uint32_t b) { return a < b; };

Use use_of(std::uint64_t at, UseKind kind, std::vector<std::string> fields) {
  Use use;
  use.record_id = "S";
  use.where.file = "/h.hpp";
  use.where.begin = at;
  use.kind = kind;
  use.fields = std::move(fields);
  return use;
}

auto what(const Use& use) {
  return std::tie(use.where, use.kind, use.record_id, use.fields);
}

rc::Gen<Use> any_use() {
  const auto field = rc::gen::element<std::string>("a", "b", "c");
  return rc::gen::apply(
      [](int at, bool first, std::vector<std::string> fields, bool keeps, bool asserted) {
        Use use =
            use_of(static_cast<std::uint64_t>(at),
                   first ? UseKind::InitReadsMember : UseKind::DestructionOrder, std::move(fields));
        use.keeps_meaning = keeps;
        use.asserted = asserted;
        return use;
      },
      rc::gen::inRange(0, 3), rc::gen::arbitrary<bool>(),
      rc::gen::resize(3, rc::gen::container<std::vector<std::string>>(field)),
      rc::gen::arbitrary<bool>(), rc::gen::arbitrary<bool>());
}

}  // namespace

TEST_CASE("all pairs of fields that one constructor binds together are kept") {
  FactMerger<Use> merger;
  merger.add(use_of(1, UseKind::InitReadsMember, {"a", "b"}), 0, by_number);
  merger.add(use_of(1, UseKind::InitReadsMember, {"a", "c"}), 0, by_number);
  merger.add(use_of(1, UseKind::InitReadsMember, {"b", "c"}), 0, by_number);
  merger.add(use_of(1, UseKind::InitReadsMember, {"b", "c"}), 1, by_number);
  const std::vector<Use> uses = merger.finish();
  REQUIRE(uses.size() == 3);
  CHECK(uses[2].fields == std::vector<std::string>{"b", "c"});
}

TEST_CASE("joining loses no distinct use and makes none harmless") {
  CHECK(rc::check("every use of every unit is found again", [](const std::vector<int>& units) {
    FactMerger<Use> merger;
    std::vector<Use> all;
    for (const int unit : units) {
      all.push_back(*any_use());
      merger.add(all.back(), static_cast<std::uint32_t>(unit & 7), by_number);
    }
    const std::vector<Use> joined = merger.finish();
    for (const Use& use : all) {
      const auto found = std::find_if(joined.begin(), joined.end(),
                                      [&](const Use& other) { return what(other) == what(use); });
      RC_ASSERT(found != joined.end());
      RC_ASSERT(!found->keeps_meaning || use.keeps_meaning);
      RC_ASSERT(found->asserted || !use.asserted);
    }
  }));
}

TEST_CASE("units that find different fields in one text do not agree") {
  Use one = use_of(1, UseKind::PositionalInit, {"a", "b"});
  one.items = {{"a", 1, 2, {}}, {"b", 4, 5, {}}};
  Use other = use_of(1, UseKind::PositionalInit, {"a", "c"});
  other.items = {{"a", 1, 2, {}}, {"c", 4, 5, {}}};
  FactMerger<Use> merger;
  merger.add(one, 0, by_number);
  merger.add(other, 1, by_number);
  for (const Use& use : merger.finish()) {
    CHECK(use.obstacle == "units read it in different ways");
  }
}

}  // namespace snug::test
