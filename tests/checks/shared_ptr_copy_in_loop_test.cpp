#include <catch2/catch.hpp>

#include "support/model_builder.hpp"
#include "support/ownership_facts.hpp"

using namespace snug;
using namespace snug::test;

namespace {

OwnerCopy element() {
  OwnerCopy copy;
  copy.where = spot(30);
  copy.function = "f";
  copy.name = "p";
  copy.source = "all";
  copy.type = owner_of("T");
  copy.kind = OwnerCopyKind::Element;
  copy.loop = spot(20);
  copy.place = declared(25, 29, 31);
  return copy;
}

std::vector<Finding> run(const OwnerCopy& copy, const OptionValues& options = {}) {
  ModelBuilder builder;
  builder.model().ownership.copies = {copy};
  return builder.run("shared-ptr-copy-in-loop", options);
}

}  // namespace

TEST_CASE("shared-ptr-copy-in-loop: the variable of a range-for becomes a reference") {
  const auto findings = run(element());
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Warning);
  CHECK(findings[0].needs_proof);
  CHECK(findings[0].subject == "f\np\nall");
  CHECK(findings[0].message.find("'p' is a copy of each element of 'all'") == 0);
  REQUIRE(findings[0].fixes.size() == 1);
  CHECK(findings[0].fixes[0].safety == Safety::Safe);
  CHECK(findings[0].fixes[0].edits.size() == 2);
}

TEST_CASE("shared-ptr-copy-in-loop: silent where the copy is kept") {
  for (const OwnerUse use : {OwnerUse::Stored, OwnerUse::Moved, OwnerUse::Captured,
                             OwnerUse::Returned, OwnerUse::Assigned}) {
    OwnerCopy copy = element();
    copy.use = use;
    CAPTURE(to_string(use));
    CHECK(run(copy).empty());
  }
}

TEST_CASE("shared-ptr-copy-in-loop: silent where the source changes under the reference") {
  OwnerCopy copy = element();
  copy.kind = OwnerCopyKind::Local;
  copy.source_changes = true;
  CHECK(run(copy).empty());
}

TEST_CASE("shared-ptr-copy-in-loop: a local is a note where the loop calls out") {
  OwnerCopy copy = element();
  copy.kind = OwnerCopyKind::Local;
  REQUIRE(run(copy).size() == 1);
  CHECK(run(copy)[0].level == Level::Warning);
  copy.calls_out = true;
  REQUIRE(run(copy).size() == 1);
  CHECK(run(copy)[0].level == Level::Note);
  CHECK(run(copy)[0].fixes.at(0).safety == Safety::Review);
}

TEST_CASE("shared-ptr-copy-in-loop: a walk is a note without an edit, and can be switched off") {
  OwnerCopy copy = element();
  copy.kind = OwnerCopyKind::Walk;
  const auto findings = run(copy);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Note);
  CHECK(findings[0].fixes.empty());
  CHECK(has_evidence(findings[0], "alternative", "get()"));
  CHECK(run(copy, {{"shared-ptr-copy-in-loop.walks", 0}}).empty());
}

TEST_CASE("shared-ptr-copy-in-loop: a copy of another type is a note without an edit") {
  OwnerCopy copy = element();
  copy.converts = true;
  const auto findings = run(copy);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Note);
  CHECK(findings[0].fixes.empty());
}

TEST_CASE("shared-ptr-copy-in-loop: silent in macros") {
  OwnerCopy copy = element();
  copy.from_macro = true;
  CHECK(run(copy).empty());
}
