// Every format of a report, from the whole program.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/program.hpp"
#include "support/schema.hpp"

using namespace snug;
using namespace snug::test;
using nlohmann::json;

namespace {

/// A wasteful record in a folder whose name has to be escaped.
struct Project : ScratchFolder {
  Project() {
    write("a b/order.hpp",
          "#pragma once\r\n"
          "/* \xc3\xa4 */ struct Order {\r\n"
          "  bool live;\r\n"
          "  double price;\r\n"
          "  bool hidden;\r\n"
          "};\r\n");
    write("a.cpp", "#include \"a b/order.hpp\"\nOrder order[64];\n");
    write_database({"a.cpp"});
  }

  [[nodiscard]] ProgramResult check(const std::vector<std::string>& more) const {
    std::vector<std::string> words = {SNUG_PROGRAM, "check"};
    words.insert(words.end(), more.begin(), more.end());
    ProgramOptions options;
    options.directory = path();
    options.timeout = std::chrono::seconds(120);
    return run_program(words, options);
  }
};

}  // namespace

TEST_CASE("a SARIF log of the program is valid, with rules, columns and a fix that applies") {
  const Project project;
  const ProgramResult result = project.check({"--format", "sarif", "-o", "log.sarif"});
  CHECK(result.exit_status == 1);
  CHECK(result.out.empty());
  const std::string text = project.read("log.sarif");
  CHECK(sarif_error(text).empty());
  const json run = json::parse(text)["runs"][0];
  CHECK(run["invocations"][0]["exitCode"] == 1);
  CHECK(run["tool"]["driver"]["rules"].size() >= 4);
  const json& found = run["results"][0];
  CHECK(run["tool"]["driver"]["rules"][found["ruleIndex"].get<std::size_t>()]["id"] == "padding");
  const json& place = found["locations"][0]["physicalLocation"];
  CHECK(place["artifactLocation"]["uri"] == "a%20b/order.hpp");
  CHECK(place["region"]["startLine"] == 2);
  CHECK(place["region"]["startColumn"] == 16);  // in characters: the letter takes two bytes
  const json& fix = found["fixes"][0];
  CHECK(fix["description"]["text"].get<std::string>().starts_with("fix (safe): Reorder"));
  for (const json& change : fix["artifactChanges"][0]["replacements"]) {
    CHECK(change["deletedRegion"]["startLine"].get<int>() >= 3);
    CHECK(change["deletedRegion"]["startColumn"].get<int>() <= 3);
  }
}

TEST_CASE("a SARIF log of a run in which a unit failed says so") {
  const Project project;
  project.write("broken.cpp", "Ordre x;\n");
  project.write_database({"a.cpp", "broken.cpp"});
  const ProgramResult result = project.check({"--format", "sarif"});
  CHECK(result.exit_status == 2);
  CHECK(sarif_error(result.out).empty());
  const json invocation = json::parse(result.out)["runs"][0]["invocations"][0];
  CHECK(invocation["executionSuccessful"] == false);
  CHECK(invocation["exitCode"] == 2);
  CHECK(invocation["toolExecutionNotifications"].dump().find("Ordre") != std::string::npos);
}

TEST_CASE("annotations, summary and page come out of the program") {
  const Project project;
  const ProgramResult github = project.check({"--format", "github"});
  CHECK(github.exit_status == 1);
  CHECK(github.out.starts_with("::warning file=a b/order.hpp,line=2,"));
  const ProgramResult markdown = project.check({"--format", "markdown"});
  CHECK(markdown.out.starts_with("## snug: 1 warning\n"));
  CHECK(markdown.out.find("| 8 |") != std::string::npos);
  CHECK(markdown.out.find("```diff\n@@ a b/order.hpp:") != std::string::npos);
  const ProgramResult html = project.check({"--format", "html", "-o", "page.html"});
  CHECK(html.exit_status == 1);
  const std::string page = project.read("page.html");
  CHECK(page.starts_with("<!doctype html>"));
  CHECK(page.find("verified in the only unit that uses it") != std::string::npos);
  CHECK(page.find("\"size\":16") != std::string::npos);
}

TEST_CASE("show and list name the formats that they have") {
  const Project project;
  for (const std::string command : {"show", "list"}) {
    const ProgramResult result = run_program({SNUG_PROGRAM, command, "Order", "--format", "sarif"});
    CHECK(result.exit_status == 2);
    CHECK(result.err.find("it is one of text, json") != std::string::npos);
  }
}

TEST_CASE("the same bytes come out whatever the number of workers, in every format") {
  const Project project;
  project.write("b.cpp", "#include \"a b/order.hpp\"\nOrder other;\n");
  project.write_database({"a.cpp", "b.cpp"});
  for (const std::string format : {"sarif", "github", "markdown", "html"}) {
    INFO(format);
    const std::string one = project.check({"--format", format, "-j1"}).out;
    CHECK(one.size() > 100);
    CHECK(one == project.check({"--format", format, "-j4"}).out);
  }
}
