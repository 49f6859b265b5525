// The list of checks and how they are run.
#include "analysis/check.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "support/model_builder.hpp"

using namespace snug;
using namespace snug::test;

TEST_CASE("every file of tool/checks is a check of that name") {
  std::set<std::string> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(SNUG_SOURCE_DIR) + "/tool/checks")) {
    if (entry.path().extension() != ".cpp") continue;
    std::string id = entry.path().stem().string();
    std::replace(id.begin(), id.end(), '_', '-');
    files.insert(id);
  }
  std::set<std::string> ids;
  for (const Check* check : all_checks()) ids.insert(std::string(check->id));
  CHECK(ids == files);
  CHECK(std::is_sorted(all_checks().begin(), all_checks().end(),
                       [](const Check* a, const Check* b) { return a->id < b->id; }));
}

TEST_CASE("every check says what it is, when to ignore it and what its options mean") {
  for (const Check* check : all_checks()) {
    INFO(check->id);
    CHECK_FALSE(check->summary.empty());
    CHECK(check->summary.back() != '.');
    CHECK(check->doc.size() >= 700);
    const auto says = [&](std::string_view words) {
      return check->doc.find(words) != std::string_view::npos;
    };
    CHECK((says("Not reported") || says("not reported") || says("Silent") || says("silent")));
    for (const CheckOption& option : check->options) CHECK_FALSE(option.summary.empty());
  }
}

TEST_CASE("options take the value of the run, else their default") {
  const CheckOption options[] = {{"limit", 7, "a number of bytes"}};
  static std::uint64_t seen = 0;
  const Check check = {"some-check", "does something", "", options,
                       [](Pass& pass) { seen = pass.option("limit"); }};
  const Check* const checks[] = {&check};
  (void)run_checks(checks, {}, MemoryFiles({}), {});
  CHECK(seen == 7);
  (void)run_checks(checks, {}, MemoryFiles({}), {{"some-check.limit", 3}});
  CHECK(seen == 3);
}

TEST_CASE("findings come in report order with the name of their check") {
  const Check check = {"some-check", "does something", "", {}, [](Pass& pass) {
                         for (const std::uint32_t line : {9U, 2U, 5U}) {
                           Finding finding;
                           finding.where.file = "/project/a.cpp";
                           finding.where.line = line;
                           pass.report(finding);
                         }
                       }};
  const Check* const checks[] = {&check};
  const auto findings = run_checks(checks, {}, MemoryFiles({}), {});
  REQUIRE(findings.size() == 3);
  CHECK(findings[0].where.line == 2);
  CHECK(findings[2].where.line == 9);
  CHECK(findings[0].check == "some-check");
}
