// Findings as bytes: what comes out is what was put in, and other bytes are an error.
#include "model/finding_form.hpp"

#include <catch2/catch.hpp>

using namespace snug;

namespace {

SourceRange place(std::uint32_t seed) {
  return {"/p/" + std::to_string(seed) + ".hpp",
          seed,
          seed + 1,
          seed + 2,
          seed + 3,
          seed + 4,
          seed + 5};
}

/// Every member has a value that is not its default, and none is like another.
Finding full_finding() {
  Finding finding{
      "padding", Level::Note, true,       FindingState::Known, true, place(1), "message",
      "record",  "subject",   {"a", "b"}, Accesses{3, 4},      -5,   -6,       7,
      {},        {}};
  finding.evidence = {{"hole", "3 bytes", place(10)}, {"unit", "", {}}};
  SuggestedFix fix{"title", Safety::Abi, {"reason"}, {}, {"by hand"}, {}, {}, {}};
  fix.edits = {{"/p/a.hpp", 20, 21, "text"}, {"/p/b.hpp", 22, 22, ""}};
  fix.promise = {{{"id", "name", 24, 16}}, {"b", "a"}, {0, 3}};
  fix.proof = Proof{true, 2, 3, 24, 16, {{"other", "Other", 48, 32}}};
  fix.words = FindingWords{"words", 8, 9, {{"hazard", "why", place(30)}}};
  finding.fixes = {fix, {}};
  return finding;
}

std::string bytes_of(const std::vector<Finding>& findings) {
  Packer to;
  pack(to, findings);
  return to.bytes();
}

}  // namespace

TEST_CASE("a finding comes back as it was") {
  const std::string bytes = bytes_of({full_finding(), {}});
  Unpacker from(bytes);
  std::vector<Finding> findings;
  unpack(from, findings);
  CHECK(from.done());
  REQUIRE(findings.size() == 2);
  CHECK(bytes_of(findings) == bytes);

  const Finding& finding = findings.front();
  CHECK(finding.check == "padding");
  CHECK(finding.level == Level::Note);
  CHECK(finding.few);
  CHECK(finding.state == FindingState::Known);
  CHECK(finding.needs_proof);
  CHECK(finding.where == place(1));
  CHECK(finding.fields == std::vector<std::string>{"a", "b"});
  CHECK(finding.observed == Accesses{3, 4});
  CHECK(finding.bytes_saved == -5);
  CHECK(finding.lines_saved == -6);
  CHECK(finding.instances == 7U);
  REQUIRE(finding.evidence.size() == 2);
  CHECK(finding.evidence.front().where == place(10));
  REQUIRE(finding.fixes.size() == 2);
  const SuggestedFix& fix = finding.fixes.front();
  CHECK(fix.safety == Safety::Abi);
  CHECK(fix.edits.back().file == "/p/b.hpp");
  CHECK(fix.promise.units == std::vector<std::uint32_t>{0, 3});
  REQUIRE(fix.proof);
  CHECK(fix.proof->knock_on == std::vector<SizeChange>{{"other", "Other", 48, 32}});
  REQUIRE(fix.words);
  CHECK(fix.words->evidence.front().where == place(30));
  CHECK_FALSE(findings.back().observed);
  CHECK_FALSE(findings.back().instances);
}

TEST_CASE("bytes that are no findings are an error") {
  const std::string bytes = bytes_of({full_finding()});
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    Unpacker from(std::string_view(bytes).substr(0, size));
    std::vector<Finding> findings;
    CHECK_THROWS_AS(unpack(from, findings), Error);
  }
  Packer to;
  to.number(1);
  to.text("padding");
  to.number(9);  // no level
  Unpacker from(to.bytes());
  std::vector<Finding> findings;
  CHECK_THROWS_WITH(unpack(from, findings), "no such value");
}
