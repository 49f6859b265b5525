// `snug diff`, as a user runs it.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/program.hpp"
#include "support/schema.hpp"

using namespace snug;
using namespace snug::test;
using nlohmann::json;
using Words = std::vector<std::string>;

namespace {

struct Project : ScratchFolder {
  Project() {
    run("old",
        "struct Order { double price; int count; };\n"
        "namespace a { struct Level { long x, y; }; }\n"
        "struct Gone { int a; };\n"
        "Order o[64]; a::Level l; Gone g;\n");
    run("new",
        "namespace b { struct Level { long x, y; }; }\n"
        "struct Order { bool live; double price; bool hidden; int count; };\n"
        "Order o[64]; b::Level l;\n");
  }

  /// Makes NAME.json and NAME.snug of a text in a folder of its own.
  void run(const std::string& name, const std::string& text) const {
    write(name + "/a.cpp", text);
    REQUIRE(snug({"check", "--format", "json", "-o", name + ".json", name + "/a.cpp", "--"})
                .exit_status < 2);
    REQUIRE(snug({"scan", "-o", name + ".snug", name + "/a.cpp", "--"}).exit_status == 0);
  }

  [[nodiscard]] ProgramResult snug(Words words) const {
    words.insert(words.begin(), SNUG_PROGRAM);
    ProgramOptions options;
    options.directory = path();
    options.timeout = std::chrono::seconds(120);
    return run_program(words, options);
  }
};

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("diff tells what changed between two reports and between two scans") {
  const Project project;
  const ProgramResult reports = project.snug({"diff", "old.json", "new.json"});
  INFO(reports.err);
  CHECK(reports.exit_status == 0);
  CHECK(contains(reports.out, "grew          +8  Order  16 -> 24 bytes  a.cpp:2\n"));
  CHECK(contains(reports.out, "'live' is new: 1 byte at byte 0\n"));
  CHECK(contains(reports.out, "'price' moved from byte 0 to byte 8\n"));
  CHECK(contains(reports.out, "moved          0  b::Level  16 bytes  a.cpp:1\n"));
  CHECK(contains(reports.out, "was a::Level\n"));
  CHECK(contains(reports.out, "vanished      -4  Gone  4 bytes  a.cpp:3\n"));
  CHECK(contains(reports.out, "a.cpp:2:8: new warning: 'Order' wastes"));
  CHECK(contains(reports.out, "findings: 1 new, 0 gone\n"));
  const ProgramResult scans = project.snug({"diff", "old.snug", "new.snug"});
  CHECK(scans.exit_status == 0);
  CHECK(contains(scans.out, "grew          +8  Order  16 -> 24 bytes  a.cpp:2\n"));
  CHECK(!contains(scans.out, "findings:"));
  const ProgramResult mixed = project.snug({"diff", "old.json", "old.snug"});
  CHECK(mixed.out == "3 -> 3 records, 36 -> 36 bytes (+0), 4 -> 4 of padding (+0)\n");
}

TEST_CASE("option --fail-on of diff decides the exit status") {
  const Project project;
  CHECK(project.snug({"diff", "old.json", "new.json", "--fail-on", "growth"}).exit_status == 1);
  CHECK(project.snug({"diff", "new.json", "old.json", "--fail-on", "growth"}).exit_status == 0);
  CHECK(project.snug({"diff", "old.json", "new.json", "--fail-on", "finding"}).exit_status == 1);
  CHECK(project.snug({"diff", "new.json", "old.json", "--fail-on", "growth,finding"}).exit_status ==
        0);
  CHECK(project.snug({"diff", "old.json", "new.json", "--fail-on", "never"}).exit_status == 0);
  CHECK(contains(project.snug({"diff", "old.json", "new.json", "--fail-on", "grwoth"}).err,
                 "did you mean 'growth'?"));
  const ProgramResult scans =
      project.snug({"diff", "old.snug", "new.snug", "--fail-on", "finding"});
  CHECK(scans.exit_status == 2);
  CHECK(contains(scans.err, "needs two reports"));
}

TEST_CASE("diff writes JSON by its schema and Markdown tables") {
  const Project project;
  const ProgramResult as_json = project.snug({"diff", "old.json", "new.json", "--format", "json"});
  CHECK(diff_schema_error(as_json.out).empty());
  CHECK(json::parse(as_json.out)["records"].size() == 3);
  const ProgramResult markdown =
      project.snug({"diff", "old.json", "new.json", "--format", "markdown", "-o", "comment.md"});
  CHECK(markdown.out.empty());
  CHECK(contains(project.read("comment.md"),
                 "### Layouts: 1 grew, 0 shrank, 0 appeared, 1 vanished"));
}

TEST_CASE("diff refuses what cannot be compared") {
  const Project project;
  CHECK(contains(project.snug({"diff", "old.json"}).err, "needs OLD and NEW"));
  CHECK(project.snug({"diff", "old.json", "none.json"}).exit_status == 2);
  project.write("bad.json", "{\"schema\": \"snug-report/1\", \"abi\": {}}");
  const ProgramResult bad = project.snug({"diff", "old.json", "bad.json"});
  CHECK(bad.exit_status == 2);
  CHECK(contains(bad.err, "bad.json: abi: lacks the key 'target'"));
  REQUIRE(project
              .snug({"check", "--format", "json", "-o", "other.json", "--target", "i686-linux-gnu",
                     "old/a.cpp", "--"})
              .exit_status < 2);
  const ProgramResult targets = project.snug({"diff", "old.json", "other.json"});
  CHECK(targets.exit_status == 2);
  CHECK(contains(targets.err, "layouts of different targets"));
}
