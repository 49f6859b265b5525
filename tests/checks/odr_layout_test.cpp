#include <catch2/catch.hpp>

#include "support/model_builder.hpp"

using namespace snug;
using namespace snug::test;

namespace {

/// 'Config' is 8 bytes in a.cpp and 16 bytes, with one more field, in b.cpp.
struct Conflict {
  ModelBuilder builder;
  Record other;

  Conflict() {
    builder.model().units.clear();
    builder.add_unit("/project/a.cpp", {"-std=c++20"});
    builder.add_unit("/project/b.cpp", {"-std=c++20", "-DTRACE"});
    builder.add({.name = "Config", .fields = {int32("mode"), int32("level")}});
    ModelBuilder second;
    second.add({.name = "Config", .fields = {int32("mode"), real("trace"), int32("level")}});
    other = second.record("Config");
    other.units = {1};
  }

  std::vector<Finding> run() {
    builder.model().conflicts.clear();
    builder.add_conflict(other);
    return builder.run("odr-layout");
  }
};

}  // namespace

TEST_CASE("odr-layout: both layouts, the units and the flags") {
  Conflict conflict;
  const auto findings = conflict.run();
  REQUIRE(findings.size() == 1);
  const Finding& finding = findings[0];
  CHECK(finding.level == Level::Warning);
  CHECK(finding.message == "'Config' has two layouts: 8 bytes in a.cpp, 24 bytes in b.cpp");
  CHECK(has_evidence(finding, "unit", "a.cpp sees 8 bytes, aligned to 4 bytes"));
  CHECK(has_evidence(finding, "unit", "b.cpp sees 24 bytes, aligned to 8 bytes"));
  CHECK(has_evidence(finding, "layout",
                     "'level': 'int' at byte 4, 4 bytes in a.cpp, 'int' at byte 16, 4 bytes in "
                     "b.cpp"));
  CHECK(has_evidence(finding, "layout", "'trace': absent in a.cpp, byte 8, 8 bytes in b.cpp"));
  CHECK(has_evidence(finding, "flag", "only b.cpp is compiled with -DTRACE"));
  CHECK(finding.fixes.empty());
}

TEST_CASE("odr-layout: silent for several configurations of one file") {
  Conflict conflict;
  conflict.builder.model().units[1].file = "/project/a.cpp";
  CHECK(conflict.run().empty());
}

TEST_CASE("odr-layout: silent where every file sees both layouts") {
  Conflict conflict;
  // Debug and release of two files.
  conflict.builder.add_unit("/project/b.cpp", {"-std=c++20"});
  conflict.builder.add_unit("/project/a.cpp", {"-std=c++20", "-DTRACE"});
  conflict.builder.record("Config").units = {0, 2};
  conflict.other.units = {1, 3};
  CHECK(conflict.run().empty());
}

TEST_CASE("odr-layout: silent for types of internal linkage") {
  Conflict conflict;
  conflict.builder.record("Config").traits.internal_linkage = true;
  CHECK(conflict.run().empty());
}

TEST_CASE("odr-layout: in C only one declaration is one type") {
  Conflict conflict;
  conflict.builder.record("Config").traits.c_linkage = true;
  conflict.other.traits.c_linkage = true;
  conflict.other.where = conflict.builder.record("Config").where;
  CHECK(conflict.run().size() == 1);
  conflict.other.where.file = "/project/private.c";
  CHECK(conflict.run().empty());
}

TEST_CASE("odr-layout: a type that differs through a member is left to the member") {
  Conflict conflict;
  conflict.builder.add(
      {.name = "Server", .fields = {of_record(conflict.builder.record("Config"), "config")}});
  Record larger = conflict.builder.record("Server");
  larger.size = conflict.other.size;
  larger.units = {1};
  conflict.builder.model().conflicts.clear();
  conflict.builder.add_conflict(conflict.other);
  conflict.builder.add_conflict(larger);
  const auto findings = conflict.builder.run("odr-layout");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].record_id == "c:@S@Config");
}

TEST_CASE("odr-layout: silent outside the project") {
  Conflict conflict;
  conflict.builder.record("Config").reported = false;
  conflict.other.reported = false;
  CHECK(conflict.run().empty());
}
