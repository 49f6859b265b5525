#include <catch2/catch.hpp>

#include "support/model_builder.hpp"
#include "support/ownership_facts.hpp"

using namespace snug;
using namespace snug::test;

namespace {

struct Case {
  ModelBuilder builder;
  HeldContainer held;

  explicit Case(const std::string& container = "std::list", Strength strength = Strength::Unique) {
    const std::string id = builder.add({.name = "Task", .fields = {real("a"), real("b")}});
    held.where = spot(10);
    held.holder = "Queue";
    held.record_id = "c:@S@Queue";
    held.name = "tasks_";
    held.container = container;
    held.key = "int";
    held.pointer = owner_of("Task", strength);
    held.pointer.pointee_id = id;
  }
  std::vector<Finding> run(const OptionValues& options = {}) {
    builder.model().ownership.containers = {held};
    return builder.run("node-indirection", options);
  }
};

}  // namespace

TEST_CASE("node-indirection: a list of unique pointers, in bytes") {
  Case one;
  const auto findings = one.run();
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Note);
  CHECK(findings[0].message ==
        "'tasks_' makes two allocations for each 'Task': a node of 24 bytes for the pointer, and "
        "16 bytes for the record; every visit follows two pointers");
  CHECK(has_evidence(findings[0], "alternative", "snug::intrusive_list<Task>"));
}

TEST_CASE("node-indirection: a list of shared pointers, a forward_list, a map of unique ones") {
  CHECK(Case("std::list", Strength::Counted).run().at(0).message.find("a node of 32 bytes") !=
        std::string::npos);
  CHECK(has_evidence(Case("std::forward_list").run().at(0), "alternative", "intrusive_slist"));
  CHECK(has_evidence(Case("std::map").run().at(0), "alternative", "std::map<int, Task>"));
  CHECK(Case("std::unordered_map").run().size() == 1);
}

TEST_CASE("node-indirection: silent for views, shared values of maps and other containers") {
  CHECK(Case("std::list", Strength::Weak).run().empty());
  CHECK(Case("std::map", Strength::Counted).run().empty());
  CHECK(Case("std::vector").run().empty());
  Case plain;
  plain.held.pointer = {};
  CHECK(plain.run().empty());
  Case reference;
  reference.held.referred = true;
  CHECK(reference.run().empty());
}

TEST_CASE("node-indirection: silent where the pointer chooses the type of a map's values") {
  Case map("std::map");
  map.builder.record("Task").traits.polymorphic = true;
  CHECK(map.run().empty());
  Case list;
  list.builder.record("Task").traits.polymorphic = true;
  CHECK(list.run().size() == 1);
}

TEST_CASE("node-indirection: silent for incomplete and for large records") {
  Case incomplete;
  incomplete.held.pointer.pointee_id = "c:@S@Unknown";
  CHECK(incomplete.run().empty());
  CHECK(Case().run({{"node-indirection.max-bytes", 15}}).empty());
}

TEST_CASE("node-indirection: locals can be left out") {
  Case local;
  local.held.record_id.clear();
  CHECK(local.run().size() == 1);
  CHECK(local.run({{"node-indirection.locals", 0}}).empty());
}
