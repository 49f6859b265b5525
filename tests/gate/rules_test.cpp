// Marks and budgets on code that the front end has read.
#include <catch2/catch.hpp>

#include "analysis/check.hpp"
#include "gate/configuration/read_rules.hpp"
#include "gate/ignores.hpp"
#include "gate/interfaces.hpp"
#include "gate/public_types.hpp"
#include "gate/touched.hpp"
#include "support/scan_text.hpp"

using namespace snug;
using namespace snug::test;

namespace {

const std::vector<KnownCheck> known = {{"padding", {}}, {"budget", {}}, {"source-mark", {}}};

/// A scanned text with its rules.
struct Ruled {
  explicit Ruled(std::string_view text, Configuration configuration = {})
      : unit(text), model(unit.scan()) {
    const DiskFiles files;
    marks = read_marks({unit.file()}, files, known);
    model.rules = read_rules(model, marks, configuration);
  }

  [[nodiscard]] const RecordRules* of(std::string_view name) const {
    const Record* const record = record_named(model, name);
    return record == nullptr ? nullptr : model.rules.of(record->id);
  }
  [[nodiscard]] std::vector<Finding> run(std::string_view check) const {
    const DiskFiles files;
    for (const Check* one : all_checks()) {
      if (one->id == check) return run_checks(std::span(&one, 1), model, files, {});
    }
    return {};
  }

  TextUnit unit;
  Model model;
  MarkedFiles marks;
};

Configuration with_budget(std::vector<std::string> types, std::uint64_t max_size) {
  Configuration configuration;
  BudgetEntry budget;
  budget.types = std::move(types);
  budget.max_size = Limit{max_size, {}};
  configuration.budgets.push_back(std::move(budget));
  return configuration;
}

}  // namespace

TEST_CASE("marks reach the records and fields that they stand at") {
  const Ruled ruled(
      "struct A { int a; };  // snug: max-size(4)\n"
      "// snug: max-padding(0), frozen\n"
      "template <class T>\n"
      "struct Box {\n"
      "  T value;\n"
      "  char tag;\n"
      "};\n"
      "Box<int> one;\n"
      "Box<long> two;\n"
      "struct Outer {  // snug: max-size(8)\n"
      "  struct Inner { int x; } inner;  // snug: group(g)\n"
      "  // snug: group(g)\n"
      "  int a, b;\n"
      "  union {\n"
      "    int c;  // snug: group(g)\n"
      "    float d;\n"
      "  };\n"
      "};\n"
      "struct Plain { int x; };\n");
  CHECK(ruled.model.rules.bad_marks.empty());
  REQUIRE(ruled.of("A"));
  CHECK(ruled.of("A")->max_size->most == 4);
  REQUIRE(ruled.of("Box<int>"));
  CHECK(ruled.of("Box<int>")->frozen);
  CHECK(ruled.of("Box<long>")->max_padding->most == 0);
  REQUIRE(ruled.of("Outer"));
  CHECK(ruled.of("Outer")->max_size->most == 8);
  CHECK(ruled.of("Outer")->groups == std::vector<std::string>{"g", "g", "g", "g"});
  CHECK(ruled.of("Outer::Inner") == nullptr);
  CHECK(ruled.of("Plain") == nullptr);
}

TEST_CASE("a mark that belongs to nothing is told, one on code that was not read is not") {
  const Ruled ruled(
      "int f();  // snug: frozen\n"
      "struct A {\n"
      "  int a;  // snug: max-size(4)\n"
      "  int f();  // snug: group(g)\n"
      "  int b;  // snug: group(producer)\n"
      "  int c;  // snug: group(producer)\n"
      "  int d;  // snug: group(producr)\n"
      "};\n"
      "template <class T>\n"
      "struct Unused { T a; };  // snug: frozen\n"
      "#if 0\n"
      "struct Hidden { int a; };  // snug: frozen\n"
      "#endif\n");
  std::vector<std::uint32_t> lines;
  for (const BadMark& bad : ruled.model.rules.bad_marks) lines.push_back(bad.where.line);
  CHECK(lines == std::vector<std::uint32_t>{1, 3, 4, 7});
  CHECK(ruled.model.rules.bad_marks.back().message ==
        "the group 'producr' of 'A' has no other field; did you mean 'producer'?");
  CHECK(ruled.run("source-mark").size() == 4);
}

TEST_CASE("the strictest of marks and budgets holds, and idle budgets are named") {
  Configuration configuration = with_budget({"n::*"}, 16);
  configuration.budgets.push_back(with_budget({"Nobody"}, 1).budgets.front());
  const Ruled ruled(
      "namespace n {\n"
      "struct A { long a[3]; };  // snug: max-size(8)\n"
      "struct B { long b; };\n"
      "template <class T> struct V { T v[4]; };\n"
      "V<long> v;\n"
      "}\n"
      "struct C {};\n",
      configuration);
  CHECK(ruled.of("n::A")->max_size->most == 8);
  CHECK(ruled.of("n::B")->max_size->most == 16);
  CHECK(ruled.of("n::V<long>")->max_size->most == 16);
  CHECK(ruled.of("C") == nullptr);
  const auto idle = idle_budgets(ruled.model, configuration);
  REQUIRE(idle.size() == 1);
  CHECK(idle[0].types == std::vector<std::string>{"Nobody"});
  const std::vector<Finding> findings = ruled.run("budget");
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].message == "'n::A' is 24 bytes, 16 over its 8-byte budget");
  CHECK(findings[1].message == "'n::V<long>' is 32 bytes, 16 over its 16-byte budget");
}

TEST_CASE("an ignored finding is silent, an idle mark is told") {
  const Ruled ruled(
      "// snug: ignore(padding): there are three of them\n"
      "struct A {\n"
      "  char a; double b; char c;\n"
      "};\n"
      "struct B {\n"
      "  char a; double b; char c;\n"
      "};\n"
      "struct C { int a; };  // snug: ignore(padding): nothing to ignore\n"
      "struct D { int a; };  // snug: ignore(budget): that check is not run\n");
  const auto result = apply_ignores(ruled.run("padding"), ruled.model, ruled.marks, {"padding"});
  CHECK(result.silenced == 1);
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings[0].where.line == 5);
  REQUIRE(result.unused.size() == 1);
  CHECK(result.unused[0].where.line == 8);
  CHECK(result.unused[0].level == Level::Note);
  CHECK(result.unused[0].check == "source-mark");
}

TEST_CASE("nothing is suggested for a frozen record, nor for what it consists of") {
  const Ruled frozen("struct A { char a; double b; char c; };  // snug: frozen\nA a;\n");
  CHECK(frozen.run("padding").empty());
  const Ruled part(
      "struct A { char a; double b; char c; };\n"
      "struct B { A a[2]; };  // snug: frozen\n"
      "struct C { A a; };\n");
  std::vector<Finding> findings = part.run("padding");
  REQUIRE(findings.size() == 1);
  respect_frozen(part.model, findings);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Note);
  CHECK(!findings[0].needs_proof);
  REQUIRE(findings[0].fixes.size() == 1);
  CHECK(findings[0].fixes[0].safety == Safety::Refused);
  CHECK(findings[0].fixes[0].edits.empty());
  CHECK(findings[0].fixes[0].reasons ==
        std::vector<std::string>{"'B' consists of it, and its layout is frozen"});
}

TEST_CASE("fixes of types in public headers are of safety abi") {
  const Ruled ruled("struct A { char a; double b; char c; };\nA a;\n");
  Configuration configuration;
  configuration.file = ruled.unit.path(".snug.toml");
  configuration.public_headers = std::vector<std::string>{"*.hpp"};
  std::vector<Finding> findings = ruled.run("padding");
  REQUIRE(findings.size() == 1);
  const Safety before = findings[0].fixes[0].safety;
  respect_public_headers(ruled.model, configuration, {}, findings);
  CHECK(findings[0].fixes[0].safety == before);
  configuration.public_headers = std::vector<std::string>{"u.*"};
  respect_public_headers(ruled.model, configuration, {}, findings);
  CHECK(findings[0].fixes[0].safety == Safety::Abi);
  CHECK(findings[0].fixes[0].reasons.back() == "'A' is declared in the public header u.cpp");
}

TEST_CASE("a change touches the record that it is in and those that consist of it") {
  const Ruled ruled(
      "struct A {\n"
      "  char a; double b; char c;\n"
      "};\n"
      "struct B {\n"
      "  char x; A a; char y;\n"
      "};\n"
      "struct C {\n"
      "  char a; double b; char c;\n"
      "  B* b2;\n"
      "};\n");
  const auto touched = [&](std::uint32_t line) {
    ChangedLines changes;
    changes.add(ruled.unit.file(), {line, line});
    std::vector<Finding> findings = ruled.run("padding");
    keep_touched(ruled.model, changes, findings);
    std::string names;
    for (const Finding& finding : findings) names += finding.subject;
    return names;
  };
  CHECK(touched(2) == "AB");
  CHECK(touched(5) == "B");
  CHECK(touched(9) == "C");
  CHECK(touched(11).empty());
}
