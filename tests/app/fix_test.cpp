// `snug fix` as a user runs it.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <thread>

#include "support/program.hpp"

using namespace snug;
using namespace snug::test;
namespace fs = std::filesystem;
using Words = std::vector<std::string>;

namespace {

const std::string order =
    "#pragma once\n"
    "struct Order {\n  bool live;\n  double price;\n  bool hidden;\n  double limit;\n};\n";
const std::string order_after =
    "#pragma once\n"
    "struct Order {\n  bool live;\n  bool hidden;\n  double price;\n  double limit;\n};\n";

struct Project : ScratchFolder {
  Project() {
    write(".git/HEAD", "");
    write("order.hpp", order);
    write("a.cpp", "#include \"order.hpp\"\nOrder* all[64];\nOrder a{true, 1, false, 2};\n");
    write("b.cpp", "#include \"order.hpp\"\ndouble b(const Order& o) { return o.price; }\n");
    write_database({"a.cpp", "b.cpp"});
  }

  [[nodiscard]] ProgramResult run(const Words& words) const {
    ProgramOptions options;
    options.directory = path();
    options.timeout = std::chrono::seconds(120);
    return run_program(words, options);
  }

  [[nodiscard]] ProgramResult fix(Words words = {}) const {
    words.insert(words.begin(), {SNUG_PROGRAM, "fix"});
    return run(words);
  }

  [[nodiscard]] bool is_fixed() const {
    return read("order.hpp") == order_after &&
           read("a.cpp") ==
               "#include \"order.hpp\"\nOrder* all[64];\nOrder a{true, false, 1, 2};\n";
  }
  [[nodiscard]] bool is_untouched() const {
    return read("order.hpp") == order &&
           read("a.cpp") ==
               "#include \"order.hpp\"\nOrder* all[64];\nOrder a{true, 1, false, 2};\n";
  }
};

}  // namespace

TEST_CASE("fix changes the type and the code that depends on it, once") {
  const Project project;
  const ProgramResult first = project.fix();
  INFO(first.err);
  CHECK(first.exit_status == 0);
  CHECK(project.is_fixed());
  CHECK(first.out ==
        "order.hpp:2:8: fixed: Reorder the fields of 'Order', from 32 to 24 bytes [padding]\n"
        "snug: 1 fix applied in 2 files\n");
  const ProgramResult second = project.fix();
  CHECK(second.exit_status == 0);
  CHECK(second.out == "snug: 0 fixes applied in 0 files\n");
  CHECK(project.is_fixed());
}

TEST_CASE("option --dry-run prints what git applies, and changes nothing") {
  const Project project;
  const ProgramResult dry = project.fix({"--dry-run", "-o", "patch"});
  CHECK(dry.exit_status == 1);
  CHECK(project.is_untouched());
  CHECK(dry.err.find("would fix") != std::string::npos);
  const ProgramResult applied = project.run({"git", "apply", "patch"});
  INFO(applied.err);
  CHECK(applied.ok());
  CHECK(project.is_fixed());
  CHECK(project.fix({"--dry-run"}).exit_status == 0);
}

TEST_CASE("option --export-replacements writes what clang-apply-replacements applies") {
  const Project project;
  fs::create_directory(project.path("edits"));
  CHECK(project.fix({"--export-replacements", "edits/snug.yaml"}).exit_status == 0);
  CHECK(project.is_untouched());
  CHECK(project.read("edits/snug.yaml").find("MainSourceFile:") != std::string::npos);
  const std::string tool = find_program("clang-apply-replacements-22");
  if (tool.empty()) {
    WARN("clang-apply-replacements-22 is not installed");
    return;
  }
  const ProgramResult applied = project.run({tool, "edits"});
  INFO(applied.err);
  CHECK(applied.ok());
  CHECK(project.is_fixed());
}

TEST_CASE("records that contain what shrank are looked at again in the same run") {
  const Project project;
  project.write("order.hpp", order +
                                 "struct Slot {\n  int key;\n  Order order;\n  int count;\n};\n"
                                 "struct Page {\n  int id;\n  Slot slots[2];\n  int next;\n};\n");
  project.write("b.cpp", "#include \"order.hpp\"\nPage pages[64];\nSlot slot;\n");
  const ProgramResult first = project.fix();
  INFO(first.out);
  CHECK(first.exit_status == 0);
  const std::string text = project.read("order.hpp");
  CHECK(project.fix().out == "snug: 0 fixes applied in 0 files\n");
  CHECK(project.read("order.hpp") == text);
}

TEST_CASE("units that were not read keep a header as it is") {
  const Project project;
  project.write("b.cpp", "#include \"order.hpp\"\n#error no\n");
  const ProgramResult failed = project.fix();
  CHECK(failed.exit_status == 2);
  CHECK(failed.err.find("nothing was changed") != std::string::npos);
  CHECK(project.is_untouched());
  const ProgramResult going = project.fix({"--keep-going"});
  CHECK(going.exit_status == 1);
  CHECK(going.out.find("b.cpp could not be read and may use it") != std::string::npos);
  CHECK(project.is_untouched());
}

TEST_CASE("without a database only the files that are named are changed") {
  const Project project;
  fs::remove(project.path("compile_commands.json"));
  const ProgramResult unit = project.fix({"a.cpp", "--", "-std=c++20"});
  CHECK(unit.exit_status == 1);
  CHECK(unit.out.find("other units that include it were not read") != std::string::npos);
  CHECK(project.is_untouched());
  CHECK(project.fix({"a.cpp", "order.hpp", "--", "-std=c++20"}).exit_status == 0);
  CHECK(project.is_fixed());
}

TEST_CASE("code outside of what is searched keeps a type as it is") {
  const Project project;
  CHECK(project.fix({"--exclude", "b.cpp"}).exit_status == 1);
  CHECK(project.is_untouched());
}

TEST_CASE("the status is 1 where code has to follow by hand and that was asked for") {
  const Project project;
  project.write("a.cpp",
                "#include \"order.hpp\"\n#define ROW(a, b) a, b\nOrder* all[64];\n"
                "Order a{ROW(true, 1), false, 2};\n");
  const ProgramResult less = project.fix();
  CHECK(less.exit_status == 0);
  CHECK(less.out.find("code has to follow by hand") != std::string::npos);
  const ProgramResult asked = project.fix({"--safety", "review"});
  CHECK(asked.exit_status == 1);
  CHECK(asked.out.find("a.cpp:4") != std::string::npos);
  CHECK(project.read("order.hpp") == order);
}

TEST_CASE("files that must not be written are not") {
  const Project project;
  SECTION("read-only") {
    fs::permissions(project.path("a.cpp"), fs::perms(0444));
    const ProgramResult result = project.fix();
    CHECK(result.exit_status == 1);
    CHECK(result.out.find("a.cpp: it is read-only") != std::string::npos);
  }
  SECTION("outside of the root, behind a link") {
    const ScratchFolder outside;
    outside.write("order.hpp", order);
    fs::remove(project.path("order.hpp"));
    fs::create_symlink(outside.path("order.hpp"), project.path("order.hpp"));
    const ProgramResult result = project.fix();
    CHECK(result.exit_status == 1);
    CHECK(result.out.find("outside of the root") != std::string::npos);
    CHECK(outside.read("order.hpp") == order);
    CHECK(project.is_untouched());
    return;
  }
  SECTION("with a second name") {
    fs::create_hard_link(project.path("a.cpp"), project.path("other.txt"));
    CHECK(project.fix().out.find("hard links") != std::string::npos);
  }
  CHECK(project.is_untouched());
}

TEST_CASE("FILES choose what is fixed, but every unit is read") {
  const Project project;
  project.write("c.cpp", "struct C { bool a; double b; bool c; };\nC c[64];\n");
  project.write_database({"a.cpp", "b.cpp", "c.cpp"});
  CHECK(project.fix({"c.cpp"}).exit_status == 0);
  CHECK(project.is_untouched());
  CHECK(project.fix({"b.cpp"}).exit_status == 0);
  CHECK(project.is_fixed());
}

TEST_CASE("wrong words are errors") {
  const Project project;
  CHECK(project.fix({"--safety", "reviw"}).err.find("did you mean 'review'?") != std::string::npos);
  CHECK(project.fix({"--check", "paddign"}).err.find("did you mean 'padding'?") !=
        std::string::npos);
  CHECK(project.fix({"--layout-only"}).exit_status == 2);
}

TEST_CASE("a run that is killed at any time leaves whole files, and the next one ends the work") {
  int cut = 0;
  for (int round = 0; round < 12; ++round) {
    const Project project;
    const pid_t child = ::fork();
    if (child == 0) {
      if (::chdir(project.path().c_str()) != 0) ::_exit(3);
      ::execl(SNUG_PROGRAM, SNUG_PROGRAM, "fix", "-o", "/dev/null", nullptr);
      ::_exit(3);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(40 + 60 * round));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    cut += WIFSIGNALED(status) ? 1 : 0;
    const std::string header = project.read("order.hpp"), unit = project.read("a.cpp");
    CHECK((header == order || header == order_after));
    CHECK((unit.find("{true, 1, false, 2}") != std::string::npos ||
           unit.find("{true, false, 1, 2}") != std::string::npos));
    // Workers of the killed run may hold its lock for a moment longer.
    ProgramResult next = project.fix();
    for (int i = 0; i < 50 && next.err.find("is at work") != std::string::npos; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      next = project.fix();
    }
    INFO(next.err);
    CHECK(next.exit_status == 0);
    CHECK(project.is_fixed());
  }
  CHECK(cut > 0);
}

TEST_CASE("a fix that shrinks another record names it, and tells what several do together") {
  const Project project;
  project.write("a.cpp",
                "enum class Way { in = 1, out = 2 };\n"
                "struct Empty {};\n"
                "struct Pipe {\n  Way way;\n  Empty call;\n};\n"
                "Pipe pipes[100] = {{Way::in, {}}};\n");
  project.write_database({"a.cpp"});
  const std::string both = project.fix({"--dry-run", "-o", "/dev/null"}).err;
  CHECK(both.find("in 'unsigned char', 'Pipe' from 8 to 1 bytes with all fixes together") !=
        std::string::npos);
  const std::string one = project.fix({"--dry-run", "--check", "enum-size", "-o", "/dev/null"}).err;
  CHECK(one.find("in 'unsigned char', 'Pipe' from 8 to 2 bytes [enum-size]") != std::string::npos);
}
