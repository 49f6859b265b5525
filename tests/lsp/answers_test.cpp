#include "lsp/answers.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"

using namespace snug;
using namespace snug::lsp;

namespace {

Finding sample() {
  Finding finding;
  finding.check = "padding";
  finding.level = Level::Note;
  finding.where = {"/a.h", 1, 2, 3, 4, 5, 6};
  finding.message = "message";
  finding.record_id = "id";
  finding.subject = "subject";
  finding.fields = {"a", "b"};
  finding.bytes_saved = -8;
  finding.instances = 0;
  finding.evidence = {{"hole", "fact", {"/b.h", 7, 8, 9, 10, 11, 12}}};
  SuggestedFix fix;
  fix.title = "title";
  fix.safety = Safety::Abi;
  fix.reasons = {"why"};
  fix.edits = {{"/a.h", 1, 2, std::string("\xFF\0x", 3)}};
  fix.by_hand = {"there"};
  fix.promise.sizes = {{"id", "R", 24, 16}};
  fix.promise.order = {"b", "a"};
  fix.proof = Proof{true, 1, 2, 24, 16, {{"k", "K", 3, 4}}};
  finding.fixes = {fix, SuggestedFix()};
  return finding;
}

void same(const Finding& a, const Finding& b) {
  CHECK(a.check == b.check);
  CHECK(a.level == b.level);
  CHECK(a.where == b.where);
  CHECK(a.message == b.message);
  CHECK(a.record_id == b.record_id);
  CHECK(a.subject == b.subject);
  CHECK(a.fields == b.fields);
  CHECK(a.bytes_saved == b.bytes_saved);
  CHECK(a.instances == b.instances);
  REQUIRE(a.evidence.size() == b.evidence.size());
  CHECK(a.evidence[0].where == b.evidence[0].where);
  CHECK(a.evidence[0].message == b.evidence[0].message);
  REQUIRE(a.fixes.size() == b.fixes.size());
  for (std::size_t i = 0; i < a.fixes.size(); ++i) {
    CHECK(a.fixes[i].title == b.fixes[i].title);
    CHECK(a.fixes[i].safety == b.fixes[i].safety);
    CHECK(a.fixes[i].reasons == b.fixes[i].reasons);
    CHECK(a.fixes[i].edits == b.fixes[i].edits);
    CHECK(a.fixes[i].by_hand == b.fixes[i].by_hand);
    CHECK(a.fixes[i].promise.sizes == b.fixes[i].promise.sizes);
    CHECK(a.fixes[i].promise.order == b.fixes[i].promise.order);
    REQUIRE(a.fixes[i].proof.has_value() == b.fixes[i].proof.has_value());
    if (!a.fixes[i].proof) continue;
    CHECK(a.fixes[i].proof->verified == b.fixes[i].proof->verified);
    CHECK(a.fixes[i].proof->units_using == b.fixes[i].proof->units_using);
    CHECK(a.fixes[i].proof->knock_on == b.fixes[i].proof->knock_on);
  }
}

}  // namespace

TEST_CASE("what a worker tells arrives whole") {
  const Findings findings{{sample(), Finding()}, true};
  const Findings read = findings_from(to_bytes(findings));
  REQUIRE(read.findings.size() == 2);
  CHECK(read.proven);
  same(read.findings[0], findings.findings[0]);
  CHECK_FALSE(read.findings[1].instances);

  const ProofAnswer proof{7, {sample()}, {{"/a.h", "hash"}}, "refusal"};
  const ProofAnswer proof_read = proof_from(to_bytes(proof));
  CHECK(proof_read.token == 7);
  CHECK(proof_read.hashes == proof.hashes);
  CHECK(proof_read.refusal == "refusal");
  same(proof_read.finding.at(0), proof.finding[0]);

  const FileEdits edits{{{"/a.h", 1, 2, "x"}}, {{"/a.h", "hash"}}, 3, {"left"}};
  const FileEdits edits_read = edits_from(to_bytes(edits));
  CHECK(edits_read.edits == edits.edits);
  CHECK(edits_read.fixes == 3);
  CHECK(edits_read.left == edits.left);

  Layouts layouts;
  layouts.orders = {sample()};
  layouts.root = "/root";
  layouts.database = "/db";
  const Layouts layouts_read = layouts_from(to_bytes(layouts));
  CHECK(layouts_read.root == "/root");
  CHECK(layouts_read.database == "/db");
  same(layouts_read.orders.at(0), layouts.orders[0]);
}

TEST_CASE("answers that were cut off are errors") {
  const std::string bytes = to_bytes(Findings{{sample()}, true});
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK_THROWS_AS(findings_from(std::string_view(bytes).substr(0, size)), Error);
  }
}
