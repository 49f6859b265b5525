// Proofs as a second stage on other machines.
#include <catch2/catch.hpp>

#include <filesystem>

#include "base/process.hpp"
#include "support/program.hpp"

using namespace snug;
using namespace snug::test;
using Words = std::vector<std::string>;
namespace fs = std::filesystem;

namespace {

struct Checkout : ScratchFolder {
  Checkout() {
    for (const char* folder : {"here", "there"}) {
      const std::string root = path(folder);
      std::string database;
      for (int i = 0; i < 6; ++i) {
        const std::string n = std::to_string(i);
        write(std::string(folder) + "/u" + n + ".cpp",
              "#include \"common.hpp\"\nstruct U" + n + " { char a; long b; char c; };\nU" + n +
                  " u" + n + "[90];\nCommon c" + n + "[9];\n");
        database += (database.empty() ? "[" : ",") + std::string("{\"directory\":\"") + root +
                    "\",\"file\":\"u" + n + ".cpp\",\"command\":\"c++ -std=c++20 -c u" + n +
                    ".cpp\"}";
      }
      // The compiler says no to an order that is smaller: that proof falls.
      write(std::string(folder) + "/common.hpp",
            "#pragma once\n#include <cstddef>\nstruct Common { char a; long b; char c; };\n"
            "struct Fixed { char a; long b; char c; };\n"
            "static_assert(offsetof(Fixed, b) == 8);\ninline Fixed fixed[50];\n");
      write(std::string(folder) + "/compile_commands.json", database + "]");
    }
  }
  [[nodiscard]] ProgramResult snug(const std::string& folder, Words words) const {
    words.insert(words.begin(), SNUG_PROGRAM);
    ProgramOptions options;
    options.directory = path(folder);
    options.timeout = std::chrono::seconds(300);
    return run_program(words, options);
  }
};

const Words json = {"--format", "json", "--level", "note", "--fail-on", "never"};

Words with_json(Words words) {
  words.insert(words.end(), json.begin(), json.end());
  return words;
}

}  // namespace

TEST_CASE("planned, proven in shards at another path, reported: the bytes of one run") {
  const Checkout project;
  const std::string part = project.path("all.snug"), plan = project.path("plan");
  REQUIRE(project.snug("here", {"scan", "-o", part}).exit_status == 0);
  const ProgramResult whole = project.snug("here", with_json({"check"}));
  REQUIRE(whole.exit_status == 0);
  const ProgramResult planned =
      project.snug("here", {"check", part, "--plan", plan, "--level", "note"});
  CHECK(planned.exit_status == 0);
  CHECK(planned.out.empty());
  Words check = {"check", part};
  for (const char* shard : {"1/3", "2/3", "3/3"}) {
    const std::string answers = project.path(std::string("answers") + shard[0]);
    REQUIRE(project.snug("there", {"prove", plan, "--root", ".", "--shard", shard, "-o", answers})
                .exit_status == 0);
    check.insert(check.end(), {"--proofs", answers});
  }
  CHECK(project.snug("here", with_json(check)).out == whole.out);

  // A lost task costs time, never a finding.
  check.resize(check.size() - 2);
  CHECK(project.snug("here", with_json(check)).out == whole.out);

  // Answers to other texts count for nothing.
  project.write("here/u0.cpp", "#include \"common.hpp\"\nint nothing;\n");
  REQUIRE(project.snug("here", {"scan", "-o", part}).exit_status == 0);
  CHECK(project.snug("here", with_json(check)).out ==
        project.snug("here", with_json({"check"})).out);
}

TEST_CASE("what cannot be proven here has no answer, and is told") {
  const Checkout project;
  const std::string plan = project.path("plan"), answers = project.path("answers");
  REQUIRE(project.snug("here", {"check", "--plan", plan}).exit_status == 0);
  project.write("there/u1.cpp", "int changed;\n");
  const ProgramResult result = project.snug("there", {"prove", plan, "--root", ".", "-o", answers});
  CHECK(result.exit_status == 2);
  CHECK(result.err.find("u1.cpp' changed since it was scanned") != std::string::npos);
  CHECK(project.snug("here", with_json({"check", "--proofs", answers})).out ==
        project.snug("here", with_json({"check"})).out);
}

TEST_CASE("files that are no plan or no answers are errors that name them") {
  const Checkout project;
  const std::string bad = project.write("bad", "snug-plan\n");
  CHECK(project.snug("here", {"prove", bad, "-o", "x"}).err.find("bad: the file is damaged") !=
        std::string::npos);
  CHECK(project.snug("here", {"prove", "u0.cpp", "-o", "x"}).exit_status == 2);
  CHECK(project.snug("here", {"prove", bad}).exit_status == 2);
  CHECK(project.snug("here", {"check", "--proofs", bad}).exit_status == 2);
  CHECK_FALSE(fs::exists(project.path("here/x")));
}
