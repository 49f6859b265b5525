// What speaks for and against fixes before the compiler has its say, and the last word on the set.
#include "fix/choose_fixes.hpp"

#include <catch2/catch.hpp>

#include "base/disk.hpp"
#include "fix/editable.hpp"
#include "fix/replacements.hpp"
#include "fix/verify_set.hpp"
#include "model/scanned_text.hpp"
#include "support/temp_folder.hpp"

namespace snug::test {
namespace {

Model model_with(const std::vector<std::string>& units) {
  Model model;
  model.file_hashes = {{"/p/s.hpp", ""}, {"/p/t.hpp", ""}};
  for (const std::string& file : units) {
    Unit unit;
    unit.file = file;
    unit.searched = true;
    unit.files = {0, 1};
    model.units.push_back(unit);
  }
  for (const std::string name : {"A", "B", "C"}) {
    Record record;
    record.id = "id:" + name;
    record.name = name;
    for (std::uint32_t i = 0; i < units.size(); ++i) record.units.push_back(i);
    model.records.push_back(record);
  }
  return model;
}

Finding finding_on(const std::string& name, std::vector<TextEdit> edits,
                   Safety safety = Safety::Safe) {
  Finding finding;
  finding.record_id = "id:" + name;
  SuggestedFix fix;
  fix.title = "Reorder " + name;
  fix.safety = safety;
  fix.reasons = {"reason"};
  fix.edits = std::move(edits);
  fix.promise.sizes = {{"id:" + name, name, 24, 16}};
  fix.proof = Proof();
  fix.proof->verified = true;
  finding.fixes = {fix};
  return finding;
}

FixRules open_rules(Safety safety = Safety::Safe) {
  FixRules rules;
  rules.safety = safety;
  rules.bar = [](const std::string& file) { return file == "/p/no.hpp" ? "no" : ""; };
  rules.real_name = [](const std::string& file) {
    return file == "/p/link.hpp" ? std::string("/p/s.hpp") : file;
  };
  return rules;
}

Left why(const Finding& finding, const Model& model, const FixRules& rules = open_rules()) {
  const OpenFixes fixes = open_fixes({finding}, model, rules);
  REQUIRE(fixes.left.size() == 1);
  return fixes.left[0].why;
}

std::vector<ProofAnswer> content(const std::vector<ProofBatch>& batches) {
  return std::vector<ProofAnswer>(batches.size());
}

}  // namespace

TEST_CASE("fixes above the safety that is asked for are left") {
  const Model model = model_with({"/p/u.cpp"});
  const std::vector<TextEdit> edits = {{"/p/s.hpp", 0, 1, "x"}};
  CHECK(open_fixes({finding_on("A", edits)}, model, open_rules()).open.size() == 1);
  CHECK(why(finding_on("A", edits, Safety::Review), model) == Left::Review);
  CHECK(why(finding_on("A", edits, Safety::Abi), model, open_rules(Safety::Review)) == Left::Abi);
  CHECK(why(finding_on("A", {}), model) == Left::Refused);
  Finding stale = finding_on("A", {}, Safety::Refused);
  stale.fixes[0].reasons = {changed_since_scan("/p/s.hpp")};
  CHECK(why(stale, model) == Left::Barred);  // which makes the exit status 1
  Finding by_hand = finding_on("A", edits, Safety::Review);
  by_hand.fixes[0].by_hand = {"a place"};
  CHECK(why(by_hand, model, open_rules(Safety::Abi)) == Left::ByHand);
  CHECK(why(finding_on("A", {{"/p/no.hpp", 0, 1, "x"}}), model) == Left::Barred);
}

TEST_CASE("a finding takes the first of its fixes that may be applied") {
  const Model model = model_with({"/p/u.cpp"});
  Finding finding = finding_on("A", {{"/p/s.hpp", 0, 1, "x"}}, Safety::Review);
  finding.fixes.push_back(finding_on("A", {{"/p/link.hpp", 5, 6, "y"}}).fixes[0]);
  const OpenFixes fixes = open_fixes({finding}, model, open_rules());
  REQUIRE(fixes.open.size() == 1);
  REQUIRE(fixes.open[0].fixes.size() == 1);
  CHECK(fixes.open[0].fixes[0].edits[0].file == "/p/s.hpp");
}

TEST_CASE("code that was not read or searched keeps its types") {
  Model model = model_with({"/p/u.cpp", "/q/v.cpp"});
  const Finding finding = finding_on("A", {{"/p/s.hpp", 0, 1, "x"}});
  model.units[1].searched = false;
  CHECK(why(finding, model) == Left::Unseen);
  model.units[1].searched = true;
  model.units[1].status = UnitStatus::Crashed;
  CHECK(why(finding, model) == Left::Unseen);
  const Finding own = finding_on("A", {{"/p/u.cpp", 0, 1, "x"}});
  CHECK(open_fixes({own}, model, open_rules()).open.size() == 1);
  model.units[1].file = "/q/v.S";
  model.units[1].status = UnitStatus::Skipped;
  CHECK(open_fixes({finding}, model, open_rules()).open.size() == 1);
}

TEST_CASE("a unit that was not searched keeps also what would shrink with the record") {
  Model model = model_with({"/p/u.cpp", "/q/v.cpp"});
  model.units[1].searched = false;
  model.records[0].units = {0};
  model.records[2].units = {0};
  Finding finding = finding_on("A", {{"/p/s.hpp", 0, 1, "x"}});
  CHECK(open_fixes({finding}, model, open_rules()).open.size() == 1);
  finding.fixes[0].promise.sizes.push_back({"id:C", "C", 48, 32});
  CHECK(open_fixes({finding}, model, open_rules()).open.size() == 1);
  finding.fixes[0].promise.sizes.push_back({"id:B", "B", 48, 32});
  CHECK(why(finding, model) == Left::Unseen);
}

TEST_CASE("of edits that touch those of the first finding stand") {
  const std::vector<Finding> findings = {
      finding_on("A", {{"/p/s.hpp", 10, 20, "x"}}), finding_on("B", {{"/p/s.hpp", 20, 30, "y"}}),
      finding_on("C", {{"/p/s.hpp", 10, 20, "x"}}), finding_on("D", {{"/p/t.hpp", 10, 20, "x"}})};
  const Choice choice = choose_fixes(findings);
  CHECK(choice.chosen == std::vector<std::size_t>{0, 2, 3});
  REQUIRE(choice.left.size() == 1);
  CHECK(choice.left[0].finding == 1);
  CHECK(joined_edits(findings, choice.chosen).size() == 2);
}

TEST_CASE("the whole set is shown to every unit that reads an edited file") {
  Model model = model_with({"/p/u.cpp", "/p/v.cpp", "/p/w.cpp"});
  model.units[2].files = {1};
  const std::vector<Finding> findings = {finding_on("A", {{"/p/s.hpp", 0, 1, "x"}}),
                                         finding_on("B", {{"/p/s.hpp", 5, 6, "y"}})};
  std::vector<std::uint32_t> asked;
  const VerifiedSet set =
      verify_set({0, 1}, findings, model, open_rules(), [&](const auto& batches) {
        for (const ProofBatch& batch : batches) {
          asked.push_back(batch.unit);
          CHECK(batch.edits.size() == 2);
        }
        return content(batches);
      });
  CHECK(asked == std::vector<std::uint32_t>{0, 1});
  CHECK(set.chosen == std::vector<std::size_t>{0, 1});
  CHECK(set.reparses == 2);
}

TEST_CASE("what breaks together falls, and the rest is tried again") {
  const Model model = model_with({"/p/u.cpp"});
  const std::vector<Finding> findings = {finding_on("A", {{"/p/s.hpp", 0, 1, "x"}}),
                                         finding_on("B", {{"/p/s.hpp", 5, 6, "y"}}),
                                         finding_on("C", {{"/p/t.hpp", 5, 6, "z"}})};
  SECTION("by the place of the diagnostic") {
    const VerifiedSet set =
        verify_set({0, 1, 2}, findings, model, open_rules(), [](const auto& batches) {
          auto answers = content(batches);
          if (batches[0].edits.size() < 3) return answers;
          ProofDiagnostic found;
          found.message = "boom";
          found.where.file = "/p/s.hpp";
          found.where.begin = 5;
          answers[0].new_diagnostics = {found};
          return answers;
        });
    CHECK(set.chosen == std::vector<std::size_t>{0, 2});
    REQUIRE(set.dropped.size() == 1);
    CHECK(set.dropped[0].finding == 1);
    CHECK(set.dropped[0].reasons[0].find("boom") != std::string::npos);
  }
  SECTION("by the size that is not reached") {
    const VerifiedSet set =
        verify_set({0, 1, 2}, findings, model, open_rules(), [](const auto& batches) {
          auto answers = content(batches);
          answers[0].sizes = {{"id:A", "A", 24, batches[0].edits.size() == 3 ? 32U : 16U}};
          return answers;
        });
    CHECK(set.chosen == std::vector<std::size_t>{1, 2});
  }
  SECTION("the last one where nothing else is known, until nothing is left") {
    const VerifiedSet set =
        verify_set({0, 1, 2}, findings, model, open_rules(), [](const auto& batches) {
          auto answers = content(batches);
          answers[0].problem = "crashed";
          return answers;
        });
    CHECK(set.chosen.empty());
    REQUIRE(set.dropped.size() == 3);
    CHECK(set.dropped[0].finding == 2);
  }
}

TEST_CASE("files that programs made are known by their first comment") {
  CHECK_FALSE(why_generated("// Code generated by protoc. DO NOT EDIT.\nint a;").empty());
  CHECK_FALSE(why_generated("#pragma once\n/* @generated */\nint a;").empty());
  CHECK(why_generated("// A generator.\nint a; // do not edit").empty());
  CHECK(why_generated("int generated; // @generated").empty());
  CHECK(why_generated("/*\n  Blocks are generated by the parser bottom-up.\n*/\nint a;").empty());
  CHECK(why_generated("// A table of keys, generated from names.\nint a;").empty());
  CHECK_FALSE(why_generated("/* This file is generated by make_epoll_table.py */\nint a;").empty());
  CHECK_FALSE(why_generated("// Generated by re2c 3\nint a;").empty());
  CHECK_FALSE(why_generated("int a;\n#line 12 \"table.y\"\nint b;").empty());
  CHECK_FALSE(why_generated("int a;\n# 12 \"table.y\" 2\nint b;").empty());
  CHECK(why_generated("// see #line 12\nconst char* s = \"#line 3\";\n#define LINE 4").empty());
}

TEST_CASE("fixes of files that programs made are refused, with what was proven of them") {
  const TempFolder folder;
  const std::string made = folder.write("made.hpp", "// @generated\nstruct A {};\n");
  const std::string written = folder.write("written.hpp", "struct B {};\n");
  std::vector<Finding> findings(2);
  for (Finding& finding : findings) {
    SuggestedFix& fix = finding.fixes.emplace_back();
    fix.edits = {{&finding == &findings[0] ? made : written, 0, 0, "x"}};
    fix.proof.emplace();
  }
  refuse_generated(findings, DiskFiles());
  const SuggestedFix& refused = findings[0].fixes[0];
  CHECK(refused.safety == Safety::Refused);
  CHECK(refused.reasons == std::vector<std::string>{
                               made + ": a program made it, as its first comment says; change what "
                                      "makes it"});
  CHECK(refused.edits.empty());
  CHECK(refused.proof.has_value());
  CHECK(findings[1].fixes[0].safety == Safety::Review);
  CHECK(findings[1].fixes[0].edits.size() == 1);
}

TEST_CASE("replacements are lines, and one piece where a line end is missing") {
  CHECK(edits_between({"/f", "a\nb\nc\n", "b\na\nc\n"}).size() == 2);
  CHECK(edits_between({"/f", "a\nb", "b\na"}).size() == 1);
  CHECK(replacements_yaml({{"/f", "a\n", "\"\\\t\n"}}).find(R"(ReplacementText: "\"\\\x09\n")") !=
        std::string::npos);
  CHECK(replacements_yaml({}).find("Replacements:    []") != std::string::npos);
}

}  // namespace snug::test
