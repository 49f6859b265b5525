// All commands stand on one session: what is passed to it is all that they see of the world.
#include <catch2/catch.hpp>

#include <map>
#include <sstream>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "base/files.hpp"
#include "base/process.hpp"
#include "scan/parts/part_file.hpp"
#include "support/program.hpp"

using namespace snug;
using namespace snug::test;
using Words = std::vector<std::string>;

namespace {

/// Runs compilers and remembers what they were asked.
class CountingRunner final : public Runner {
 public:
  [[nodiscard]] ProgramResult run(const Words& arguments, const ProgramOptions& options) override {
    std::string question;
    for (const std::string& word : arguments) question += word + ' ';
    ++questions[question];
    return run_program(arguments, options);
  }

  std::map<std::string, int> questions;
};

/// A project of which an editor holds texts that are not saved.
struct Edited : ScratchFolder {
  Edited() {
    write("order.hpp", "#pragma once\nstruct Order { double price; bool live, hidden; };\n");
    write("a.cpp", "#include \"order.hpp\"\nOrder a;\n");
    write("b.cpp", "#include \"order.hpp\"\nOrder b;\n");
    write_database({"a.cpp", "b.cpp"});
    texts[path("order.hpp")] =
        "#pragma once\nstruct Order { bool live; double price; bool hidden; };\n"
        "struct Unsaved { bool a; Order order; bool b; };\n";
  }

  ExitStatus run(Words words) {
    out.str("");
    err.str("");
    const OverlayFiles files(texts, disk_files());
    Console console{out, err, files, runner, false, false, true, 100, path()};
    words.insert(words.end(), {"--cache", "off"});
    return snug::run(words, console);
  }
  [[nodiscard]] bool printed(std::string_view text) const {
    return out.str().find(text) != std::string::npos;
  }

  std::map<std::string, std::string> texts;
  CountingRunner runner;
  std::ostringstream out, err;
};

}  // namespace

TEST_CASE("every command reads the unsaved text in place of the file") {
  Edited project;
  SECTION("check, with proofs") {
    CHECK(project.run({"check", "-p", "."}) == ExitStatus::Findings);
    CHECK(project.printed("'Order' wastes"));
    CHECK(project.printed("fix (safe)"));
    project.texts.clear();
    CHECK(project.run({"check", "-p", "."}) == ExitStatus::Ok);
  }
  SECTION("check of a header that only the unsaved text includes") {
    project.write("more.hpp", "struct More { bool a; double b; bool c; };\n");
    CHECK_THROWS(project.run({"check", "-p", ".", "more.hpp"}));
    project.texts[project.path("a.cpp")] = "#include \"more.hpp\"\nMore more[64];\n";
    CHECK(project.run({"check", "-p", ".", "more.hpp"}) == ExitStatus::Findings);
    CHECK(project.printed("'More' wastes"));
  }
  SECTION("fix, in several rounds") {
    CHECK(project.run({"fix", "-p", ".", "--dry-run"}) == ExitStatus::Findings);
    CHECK(project.printed("+struct Unsaved"));
    CHECK(project.printed("-struct Order { bool live; double price; bool hidden; };"));
    CHECK(project.read("order.hpp").find("Unsaved") == std::string::npos);
  }
  SECTION("fix does not write over a file that differs from what it read") {
    const std::string before = project.read("order.hpp");
    CHECK_THROWS(project.run({"fix", "-p", "."}));
    CHECK(project.read("order.hpp") == before);
  }
  SECTION("show") {
    CHECK(project.run({"show", "Unsaved", "-p", "."}) == ExitStatus::Ok);
    CHECK(project.printed("Unsaved"));
    CHECK(project.printed("40 bytes"));
  }
  SECTION("list") {
    CHECK(project.run({"list", "-p", "."}) == ExitStatus::Ok);
    CHECK(project.printed("Unsaved"));
  }
  SECTION("scan") {
    const std::string part = project.path("part.snug");
    CHECK(project.run({"scan", "-p", ".", "-o", part}) == ExitStatus::Ok);
    const Model model = part_at(read_file(part), part, project.path()).model;
    const auto unsaved =
        std::find_if(model.records.begin(), model.records.end(),
                     [](const Record& record) { return record.name == "Unsaved"; });
    REQUIRE(unsaved != model.records.end());
    CHECK(unsaved->size == 40);
  }
  SECTION("the configuration") {
    project.texts[project.path(".snug.toml")] = "checks = \"-padding\"\n";
    project.write(".snug.toml", "checks = \"padding\"\n");
    CHECK(project.run({"check", "-p", "."}) == ExitStatus::Ok);
  }
}

TEST_CASE("a run asks each compiler once for each set of flags that counts") {
  Edited project;
  const auto asked_once = [&] {
    CHECK_FALSE(project.runner.questions.empty());
    for (const auto& [question, times] : project.runner.questions) {
      INFO(question);
      CHECK(times == 1);
    }
  };
  SECTION("check of a header, whose unit has to be found") {
    CHECK(project.run({"check", "-p", ".", "order.hpp"}) == ExitStatus::Findings);
    asked_once();
  }
  SECTION("fix of a header, in several rounds") {
    CHECK(project.run({"fix", "-p", ".", "--dry-run", "order.hpp"}) == ExitStatus::Findings);
    asked_once();
  }
  SECTION("show") {
    CHECK(project.run({"show", "Order", "-p", "."}) == ExitStatus::Ok);
    asked_once();
  }
  SECTION("list") {
    CHECK(project.run({"list", "-p", ".", "order.hpp"}) == ExitStatus::Ok);
    asked_once();
  }
  SECTION("scan") {
    CHECK(project.run({"scan", "-p", ".", "-o", "part.snug"}) == ExitStatus::Ok);
    asked_once();
  }
}
