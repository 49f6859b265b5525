// Edits of files that somebody saved after the scan.
#include "fix/stale_edits.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace snug::test {
namespace {

const std::string kOld = "struct A { char a; long b; char c; };\n";
const std::string kNew = "// a new line\n" + kOld;

Finding finding_in(const std::string& file, const std::vector<std::string>& edited) {
  Finding finding;
  finding.check = "padding";
  finding.where.file = file;
  finding.where.line = 1;
  finding.record_id = "id:" + file;
  finding.needs_proof = true;
  SuggestedFix fix;
  fix.safety = Safety::Safe;
  for (const auto& path : edited) fix.edits.push_back({path, 0, 6, "class"});
  fix.promise.order = {"b", "a", "c"};
  fix.promise.sizes.push_back({finding.record_id, file, 24, 16});
  fix.proof.emplace();
  finding.fixes.push_back(fix);
  return finding;
}

Model scanned(const std::vector<std::string>& files) {
  Model model;
  for (const auto& file : files) model.file_hashes[file] = sha256_hex(kOld);
  return model;
}

}  // namespace

TEST_CASE("files that were saved or removed since the scan are told") {
  const auto model = scanned({"/p/kept.hpp", "/p/saved.hpp", "/p/gone.hpp"});
  const MemoryFiles files({{"/p/kept.hpp", kOld}, {"/p/saved.hpp", kNew}, {"/p/other.hpp", kNew}});
  const std::vector<Finding> findings = {finding_in("/p/kept.hpp", {"/p/kept.hpp", "/p/saved.hpp"}),
                                         finding_in("/p/gone.hpp", {"/p/gone.hpp"}),
                                         finding_in("/p/other.hpp", {"/p/other.hpp"})};
  CHECK(changed_files(findings, model, files) ==
        std::vector<std::string>{"/p/gone.hpp", "/p/saved.hpp"});
}

TEST_CASE("a fix that edits a changed file is refused as a whole, the finding stays") {
  std::vector<Finding> findings = {finding_in("/p/a.hpp", {"/p/a.hpp", "/p/saved.hpp"}),
                                   finding_in("/p/b.hpp", {"/p/b.hpp"})};
  findings[0].fixes.push_back(findings[0].fixes.front());
  const std::vector<std::string> changed = {"/p/saved.hpp"};
  refuse_edits(findings, changed);
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].level == Level::Warning);
  REQUIRE(findings[0].fixes.size() == 1);
  const SuggestedFix& fix = findings[0].fixes[0];
  CHECK(fix.safety == Safety::Refused);
  CHECK(fix.reasons ==
        std::vector<std::string>{"'/p/saved.hpp' changed since it was scanned; run again"});
  CHECK(fix.edits.empty());
  CHECK(fix.promise.order.empty());
  CHECK_FALSE(fix.proof);
  REQUIRE(findings[1].fixes.size() == 1);
  CHECK(findings[1].fixes[0].safety == Safety::Safe);
  CHECK(findings[1].fixes[0].edits.size() == 1);
}

TEST_CASE("a file that is saved during the proof costs its edits, not its findings") {
  const std::vector<Finding> tried = {finding_in("/p/a.hpp", {"/p/a.hpp"}),
                                      finding_in("/p/b.hpp", {"/p/b.hpp"}),
                                      finding_in("/p/c.hpp", {"/p/c.hpp"})};
  // The compiler stumbled over the edit of a, had read b before it was saved, and proved c.
  std::vector<Finding> proven = {tried[1], tried[2]};
  const std::vector<std::string> changed = {"/p/a.hpp", "/p/b.hpp"};
  refuse_proven(proven, tried, changed);
  REQUIRE(proven.size() == 3);
  CHECK(proven[0].record_id == "id:/p/a.hpp");
  CHECK(proven[0].fixes.at(0).safety == Safety::Refused);
  CHECK(proven[1].fixes.at(0).safety == Safety::Refused);
  CHECK(proven[1].fixes.at(0).edits.empty());
  CHECK(proven[2].fixes.at(0).safety == Safety::Safe);
}

TEST_CASE("two findings of one place that differ in what they are about are two") {
  std::vector<Finding> proven = {finding_in("/p/a.hpp", {"/p/a.hpp"}),
                                 finding_in("/p/a.hpp", {"/p/b.hpp"})};
  proven[0].subject = "first";
  proven[1].subject = "second";
  const std::vector<Finding> tried = proven;
  const std::vector<std::string> changed = {"/p/b.hpp"};
  refuse_proven(proven, tried, changed);
  REQUIRE(proven.size() == 2);
  for (const Finding& finding : proven) {
    const bool safe = finding.fixes.at(0).safety == Safety::Safe;
    CHECK(safe == (finding.subject == "first"));
  }
}

TEST_CASE("a record that somebody changed since the scan does not count as changed by a fix") {
  auto model = scanned({"/p/a.hpp", "/p/kept.hpp", "/p/saved.hpp"});
  for (const std::string file : {"/p/kept.hpp", "/p/saved.hpp", "/usr/include/system.h"}) {
    Record record;
    record.id = "id:" + file;
    record.where.file = file;
    model.records.push_back(record);
  }
  std::sort(model.records.begin(), model.records.end(),
            [](const Record& a, const Record& b) { return a.id < b.id; });
  const MemoryFiles files({{"/p/a.hpp", kOld}, {"/p/kept.hpp", kOld}, {"/p/saved.hpp", kNew}});
  std::vector<Finding> proven = {finding_in("/p/a.hpp", {"/p/a.hpp"})};
  proven[0].fixes[0].proof->knock_on = {{"id:/p/kept.hpp", "kept", 32, 24},
                                        {"id:/p/saved.hpp", "saved", 56, 80},
                                        {"id:/usr/include/system.h", "system", 48, 40}};
  drop_stale_sizes(proven, model, files);
  const std::vector<SizeChange>& left = proven[0].fixes[0].proof->knock_on;
  REQUIRE(left.size() == 2);
  CHECK(left[0].record == "kept");
  CHECK(left[1].record == "system");
}

}  // namespace snug::test
