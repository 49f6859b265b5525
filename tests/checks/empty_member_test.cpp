#include <catch2/catch.hpp>

#include "support/model_builder.hpp"

using namespace snug;
using namespace snug::test;

namespace {

/// A tree with an empty comparator in front of a pointer: 16 bytes, 8 without it.
ModelBuilder tree() {
  ModelBuilder builder;
  builder.add({.name = "Less"});
  builder.add(
      {.name = "Tree", .fields = {of_record(builder.record("Less"), "less"), real("root")}});
  return builder;
}

}  // namespace

TEST_CASE("empty-member: tells the bytes and marks the member") {
  ModelBuilder builder = tree();
  const auto findings = builder.run("empty-member");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Warning);
  CHECK(findings[0].message ==
        "'Tree' spends 8 of 16 bytes on 'less' of empty type; [[no_unique_address]] makes it 8");
  CHECK(findings[0].bytes_saved == 8);
  CHECK(findings[0].needs_proof);
  CHECK(findings[0].fixes.at(0).safety == Safety::Safe);
  CHECK(findings[0].fixes[0].promise.sizes.at(0).after == 8);
  CHECK(builder.fixed(findings[0]).find("  [[no_unique_address]] Less less;\n") !=
        std::string::npos);
}

TEST_CASE("empty-member: no edit where units see several layouts") {
  ModelBuilder builder = tree();
  Record other = builder.record("Tree");
  other.size = 24;
  builder.add_conflict(other);
  const auto findings = builder.run("empty-member");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Note);
  CHECK_FALSE(findings[0].needs_proof);
  const SuggestedFix& fix = findings[0].fixes.at(0);
  CHECK(fix.safety == Safety::Refused);
  CHECK(fix.edits.empty());
  CHECK(fix.reasons.at(0) ==
        "'Tree' has 16 bytes in some units and another layout, of 24 bytes, in others");
}

TEST_CASE("empty-member: members that help only together are marked together") {
  ModelBuilder builder;
  builder.add({.name = "Less"});
  builder.add({.name = "Alloc"});
  builder.add({.name = "Tree",
               .fields = {of_record(builder.record("Less"), "less"),
                          of_record(builder.record("Alloc"), "alloc"), real("root")}});
  const auto findings = builder.run("empty-member");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].bytes_saved == 8);
  CHECK(findings[0].fixes.at(0).edits.size() == 2);
}

TEST_CASE("empty-member: silent where the byte disappears in padding that stays") {
  ModelBuilder builder;
  builder.add({.name = "Less"});
  builder.add({.name = "Tree",
               .fields = {real("root"), int32("size"), of_record(builder.record("Less"), "less")}});
  CHECK(builder.run("empty-member").empty());
}

TEST_CASE("empty-member: silent where the same type is at that address already") {
  ModelBuilder builder;
  builder.add({.name = "Less"});
  builder.add(
      {.name = "Pair",
       .fields = {of_record(builder.record("Less"), "a"), of_record(builder.record("Less"), "b")}});
  CHECK(builder.run("empty-member").empty());
}

TEST_CASE("empty-member: silent with the MSVC ABI") {
  ModelBuilder builder = tree();
  builder.model().abi.microsoft = true;
  CHECK(builder.run("empty-member").empty());
}

TEST_CASE("empty-member: silent for members that are marked already") {
  ModelBuilder builder;
  builder.add({.name = "Less"});
  FieldDraft less = of_record(builder.record("Less"), "less");
  const auto change = less.change;
  less.change = [change](Slot& slot) {
    change(slot);
    slot.no_unique_address = true;
  };
  builder.add({.name = "Tree", .fields = {less, real("root")}});
  REQUIRE(builder.record("Tree").size == 8);
  CHECK(builder.run("empty-member").empty());
}

TEST_CASE("empty-member: before C++20 a note without an edit") {
  ModelBuilder builder = tree();
  builder.model().units[0].flags = {"-std=c++17"};
  const auto findings = builder.run("empty-member");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Note);
  CHECK(findings[0].fixes.empty());
  CHECK(has_evidence(findings[0], "language", "before C++20, derive from the empty type"));
}

TEST_CASE("empty-member: a member from a macro is refused") {
  ModelBuilder builder = tree();
  for (Slot& slot : builder.record("Tree").slots) slot.from_macro = slot.name == "less";
  const auto findings = builder.run("empty-member");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Note);
  CHECK(findings[0].fixes.at(0).safety == Safety::Refused);
  CHECK(findings[0].fixes[0].edits.empty());
}

TEST_CASE("empty-member: bytes that leave the program make it an ABI change") {
  ModelBuilder builder = tree();
  Use use;
  use.kind = UseKind::BytesIo;
  use.record_id = builder.record("Tree").id;
  use.where.file = "/project/other.cpp";
  use.where.line = 3;
  builder.model().uses.push_back(use);
  const auto findings = builder.run("empty-member");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].fixes.at(0).safety == Safety::Abi);
  CHECK(has_evidence(findings[0], "hazard", ""));
}
