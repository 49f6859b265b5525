// Whole runs over small projects: what goes wrong in one unit costs that unit only, and the result
// is the same bytes for every order and any number of jobs.
#include "scan/parse/scan.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

#include "base/error.hpp"
#include "scan/parts/model_file.hpp"
#include "support/temp_folder.hpp"

namespace snug::test {
namespace {

namespace fs = std::filesystem;

struct Project {
  TempFolder folder;
  ScanOptions options;
  std::vector<CompileCommand> commands;

  Project() {
    options.root = folder.path();
    options.jobs = 2;
  }

  void unit(const std::string& name, const std::string& text, std::vector<std::string> flags = {}) {
    const std::string path = folder.write(name, text);
    command(path, std::move(flags));
  }

  void command(const std::string& path, std::vector<std::string> flags = {}) {
    flags.insert(flags.begin(), "g++");
    flags.push_back(path);
    commands.push_back({path, folder.path(), flags});
  }

  [[nodiscard]] Model scan() const { return scan_all(commands, options); }
};

const Unit& unit_of(const Model& model, const std::string& name) {
  for (const Unit& unit : model.units) {
    if (unit.file.ends_with("/" + name)) return unit;
  }
  throw Error("no unit " + name);
}

bool has_record(const Model& model, const std::string& name) {
  return std::any_of(model.records.begin(), model.records.end(),
                     [&](const Record& record) { return record.name == name; });
}

std::string problems(const Unit& unit) {
  std::string text;
  for (const std::string& problem : unit.problems) text += problem + "\n";
  return text;
}

TEST_CASE("a unit that goes wrong costs that unit only") {
  Project project;
  project.unit("good.cpp", "struct Good { char a; int b; };");
  project.unit("error.cpp", "struct Bad { int x; };\nno_such_type y;");
  project.unit("crash.cpp", "struct C { int x; };\n#pragma clang __debug crash\n");
  project.unit("empty.cpp", "");
  project.unit("standard.cpp", "int x;", {"-std=c++99"});
  project.command(project.folder.path("missing.cpp"));
  project.unit("include.cpp", "#include \"no/such.hpp\"\n");
  project.unit("asm.S", "nop");
  const Model model = project.scan();

  CHECK(has_record(model, "Good"));
  CHECK_FALSE(has_record(model, "Bad"));
  CHECK(unit_of(model, "good.cpp").status == UnitStatus::Ok);
  CHECK(unit_of(model, "empty.cpp").status == UnitStatus::Ok);
  CHECK(problems(unit_of(model, "empty.cpp")).empty());
  CHECK(unit_of(model, "error.cpp").status == UnitStatus::Failed);
  CHECK_THAT(problems(unit_of(model, "error.cpp")), Catch::Contains("error.cpp:2:1: "));
  CHECK(unit_of(model, "crash.cpp").status == UnitStatus::Crashed);
  CHECK_THAT(problems(unit_of(model, "crash.cpp")), Catch::Contains("SIG"));
  CHECK(unit_of(model, "standard.cpp").status == UnitStatus::Failed);
  CHECK_THAT(problems(unit_of(model, "standard.cpp")), Catch::Contains("-std=c++99"));
  CHECK(unit_of(model, "missing.cpp").status == UnitStatus::Failed);
  CHECK_THAT(problems(unit_of(model, "missing.cpp")), Catch::Contains("no such file"));
  CHECK(unit_of(model, "include.cpp").status == UnitStatus::Failed);
  CHECK_THAT(problems(unit_of(model, "include.cpp")),
             Catch::Contains("'no/such.hpp' file not found"));
  CHECK(unit_of(model, "asm.S").status == UnitStatus::Skipped);
}

TEST_CASE("100,000 nested parentheses do not end the run") {
  Project project;
  project.unit("deep.cpp",
               "int x = " + std::string(100000, '(') + "1" + std::string(100000, ')') + ";",
               {"-fbracket-depth=1000000"});
  project.unit("good.cpp", "struct Good { int a; };");
  const Model model = project.scan();
  CHECK(unit_of(model, "deep.cpp").status == UnitStatus::Crashed);
  CHECK_THAT(problems(unit_of(model, "deep.cpp")), Catch::Contains("SIGSEGV"));
  CHECK(has_record(model, "Good"));
}

#ifndef __SANITIZE_ADDRESS__
TEST_CASE("endless template recursion ends at the memory limit or the timeout") {
  Project project;
  project.unit("endless.cpp", "template <int N> struct A { A<N + 1> next; };\nA<0> a;",
               {"-ftemplate-depth=100000000"});
  project.unit("good.cpp", "struct Good { int a; };");
  SECTION("memory") {
    project.options.memory_limit_mb = 300;
    const Model model = project.scan();
    const Unit& unit = unit_of(model, "endless.cpp");
    CAPTURE(unit.problems);
    CHECK(unit.status == UnitStatus::MemoryLimit);
    CHECK_THAT(problems(unit), Catch::Contains("300 MiB"));
    CHECK(has_record(model, "Good"));
  }
  SECTION("time") {
    project.options.timeout = std::chrono::seconds(2);
    const Model model = project.scan();
    CHECK(unit_of(model, "endless.cpp").status == UnitStatus::Timeout);
    CHECK(has_record(model, "Good"));
  }
}
#endif

TEST_CASE("the same bytes for every order of the database and any number of jobs") {
  Project project;
  project.folder.write("common.hpp",
                       "#pragma once\nstruct Common { char a; int b; char c; };\n"
                       "template <class T> struct Box { T value; };\n");
  for (int at = 0; at < 6; ++at) {
    const std::string number = std::to_string(at);
    project.unit("u" + number + ".cpp", "#include \"common.hpp\"\nstruct Own" + number +
                                            " { char a; long b; };\nBox<int[" + number +
                                            " + 1]> box" + number + ";\nOwn" + number + " o" +
                                            number + "{1, 2};\nnamespace { struct Local { int x" +
                                            number + "; } local; }\n");
  }
  project.unit("u0.cpp", "#include \"common.hpp\"\n", {"-DOTHER"});
  project.unit("broken.cpp", "nope;");
  std::string expected;
  std::mt19937 random(7);
  for (const unsigned jobs : {1U, 2U, 5U, 3U}) {
    project.options.jobs = jobs;
    const std::string bytes = to_bytes(project.scan());
    if (expected.empty()) expected = bytes;
    CHECK(bytes == expected);
    std::shuffle(project.commands.begin(), project.commands.end(), random);
  }
}

TEST_CASE("equal commands count once, other configurations are kept") {
  Project project;
  project.unit("a.cpp", "struct S { int a; };");
  project.command(project.folder.path("a.cpp"), {"-O2", "-Wall"});
  project.command(project.folder.path("a.cpp"), {"-DX"});
  const Model model = project.scan();
  CHECK(model.units.size() == 2);
  CHECK(model.units[0].flags_key != model.units[1].flags_key);
}

TEST_CASE("units for another target than most are skipped and named") {
  Project project;
  project.unit("a.cpp", "struct A { long x; };");
  project.unit("b.cpp", "struct B { long x; };");
  project.unit("c.cpp", "struct C { long x; };", {"-m32"});
  const Model model = project.scan();
  CHECK(unit_of(model, "c.cpp").status == UnitStatus::Skipped);
  CHECK_THAT(problems(unit_of(model, "c.cpp")), Catch::Contains("i386"));
  CHECK(model.abi.target == "x86_64-unknown-linux-gnu");
  CHECK_FALSE(has_record(model, "C"));
}

TEST_CASE("option --target lays out for another machine") {
  Project project;
  project.unit("a.cpp", "struct A { long x; };");
  for (const char* target : {"i686-linux-gnu", "x86_64-windows-msvc", "arm64-apple-macos"}) {
    project.options.target = target;
    const Model model = project.scan();
    CAPTURE(target, model.units[0].problems);
    REQUIRE(model.records.size() == 1);
    CHECK(model.records[0].size == (std::string(target) == "arm64-apple-macos" ? 8 : 4));
  }
}

TEST_CASE("paths that are not UTF-8, links in circles and locked folders") {
  Project project;
  project.unit("caf\xe9/a\xff.cpp", "struct Odd { char a; int b; };");
  fs::create_directory_symlink(project.folder.path(), project.folder.path("loop"));
  project.command(project.folder.path("loop/loop/caf\xe9/a\xff.cpp"));
  fs::create_symlink("self.cpp", project.folder.path("self.cpp"));
  project.command(project.folder.path("self.cpp"));
  project.unit("locked/b.cpp", "struct Locked { char a; int b; };");
  fs::permissions(project.folder.path("locked"), fs::perms(0555));
  project.command(project.folder.path("locked"));
  const Model model = project.scan();
  CHECK(has_record(model, "Odd"));
  CHECK(has_record(model, "Locked"));
  CHECK(model.units[0].file.find("caf\xe9") != std::string::npos);
  CHECK(unit_of(model, "self.cpp").status == UnitStatus::Failed);
  CHECK_THAT(problems(unit_of(model, "self.cpp")), Catch::Contains("symbolic links"));
  CHECK(unit_of(model, "locked").status == UnitStatus::Failed);
  CHECK_THAT(problems(unit_of(model, "locked")), Catch::Contains("not a regular file"));
}

TEST_CASE("progress counts every unit that is parsed") {
  Project project;
  project.unit("a.cpp", "");
  project.unit("b.cpp", "bad;");
  std::vector<std::size_t> seen;
  (void)scan_all(project.commands, project.options,
                 [&](const ScanProgress& progress, const std::string& file) {
                   seen.push_back(progress.done);
                   CHECK(progress.total == 2);
                   CHECK(progress.kept == 0);
                   CHECK_FALSE(file.empty());
                 });
  CHECK(seen == std::vector<std::size_t>{1, 2});
}

TEST_CASE("scanning leaves the project as it was") {
  Project project;
  project.unit("a.cpp", "int x;", {"-MD", "-MF", "a.d", "-o", "a.o", "-save-temps", "-c"});
  (void)project.scan();
  CHECK(std::distance(fs::directory_iterator(project.folder.path()), fs::directory_iterator()) ==
        1);
}

}  // namespace
}  // namespace snug::test
