// Builds through `snug cc`, as make and CMake run it.
#include <catch2/catch.hpp>

#include <csignal>
#include <filesystem>

#include "base/files.hpp"
#include "base/process.hpp"
#include "support/program.hpp"

using namespace snug;
using namespace snug::test;
using Words = std::vector<std::string>;
namespace fs = std::filesystem;

namespace {

const std::string wasteful = "struct Order { char live; double price; char hidden; };\n";

struct Build : ScratchFolder {
  [[nodiscard]] ProgramResult run(Words words, const Words& environment = {}) const {
    ProgramOptions options;
    options.directory = path();
    options.timeout = std::chrono::seconds(300);
    options.environment = environment;
    return run_program(words, options);
  }
  [[nodiscard]] ProgramResult snug(Words words, const Words& environment = {}) const {
    words.insert(words.begin(), SNUG_PROGRAM);
    return run(std::move(words), environment);
  }
  [[nodiscard]] std::size_t recorded(const std::string& folder = ".snug") const {
    std::error_code error;
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(path(folder + "/commands"), error)) {
      count += entry.path().extension() == ".json" ? 1U : 1000U;  // nothing unfinished stays
    }
    return count;
  }
};

}  // namespace

TEST_CASE("a make build through snug cc needs no database") {
  const Build build;
  std::string objects, rules;
  for (int i = 0; i < 12; ++i) {
    const std::string name = "f" + std::to_string(i);
    build.write("src/" + name + ".c", "#include \"order.h\"\nstruct Order " + name + "[100];\n");
    objects += " src/" + name + ".o";
  }
  build.write("include/order.h", "#pragma once\n" + wasteful);
  build.write("main.c", "int main(void) { return 0; }\n");
  build.write("Makefile", "CFLAGS = -Iinclude\nprog: main.o" + objects +
                              "\n\t$(CC) -o $@ $^\nsub:\n\t$(MAKE) -C src -f ../sub.mk\n");
  REQUIRE(build.run({"make", "-j8", "CC=" SNUG_PROGRAM " cc gcc"}).exit_status == 0);
  CHECK(build.run({build.path("prog")}).exit_status == 0);
  CHECK(build.recorded() == 13);
  const ProgramResult result = build.snug({"check"});
  CHECK(result.exit_status == 1);
  CHECK(result.out.find("include/order.h:2:8: warning: 'Order' wastes") != std::string::npos);
  CHECK(build.snug({"check", "-p", ".snug"}).out == result.out);
}

TEST_CASE("the exit status, the output and the signal are those of the compiler") {
  const Build build;
  build.write("bad.c", "int main(void) { return x; }\n");
  const ProgramResult plain = build.run({"gcc", "-c", "bad.c"});
  const ProgramResult through = build.snug({"cc", "gcc", "-c", "bad.c"});
  CHECK(through.exit_status == plain.exit_status);
  CHECK(through.err == plain.err);
  CHECK(build.recorded() == 0);  // of what failed nothing is kept
  CHECK(build.snug({"cc", "--", "sh", "-c", "exit 7"}).exit_status == 7);
  CHECK(build.snug({"cc", "sh", "-c", "kill -TERM $$"}).signal == SIGTERM);
  CHECK(build.snug({"cc", "no-such-compiler", "-c", "a.c"}).exit_status == 127);
  CHECK(build.snug({"cc"}).exit_status == 2);
  CHECK(build.snug({"cc", "gcc", "--version"}).out == build.run({"gcc", "--version"}).out);
}

TEST_CASE("a build goes on where nothing can be kept") {
  const Build build;
  build.write("a.c", "int a;\n");
  build.write("file", "");
  const Words in_file = {"SNUG_CC_DIR=" + build.path("file")};
  CHECK(build.snug({"cc", "gcc", "-c", "a.c"}, in_file).exit_status == 0);
  CHECK(fs::exists(build.path("a.o")));
  Words told = in_file;
  told.emplace_back("SNUG_CC_VERBOSE=1");
  CHECK(build.snug({"cc", "gcc", "-c", "a.c"}, told).err.find("not recorded") != std::string::npos);
}

TEST_CASE("SNUG_CC_DIR names the folder") {
  const Build build;
  build.write("a.cpp", wasteful + "Order orders[100];\n");
  REQUIRE(build.snug({"cc", "g++", "-c", "a.cpp"}, {"SNUG_CC_DIR=kept"}).exit_status == 0);
  CHECK(build.recorded("kept") == 1);
  CHECK(build.recorded() == 0);
  CHECK(build.snug({"check", "-p", "kept"}).exit_status == 1);
}

TEST_CASE("CMake builds with snug cc as launcher, and its trials leave nothing") {
  if (find_program("cmake").empty() || find_program("ninja").empty()) {
    WARN("skipped: cmake or ninja is not installed");
    return;
  }
  const Build build;
  build.write(
      "CMakeLists.txt",
      "cmake_minimum_required(VERSION 3.16)\nproject(p CXX)\ninclude(CheckCXXSourceCompiles)\n"
      "check_cxx_source_compiles(\"int main() {}\" OK)\nadd_library(a a.cpp b.cpp)\n");
  build.write("a.cpp", wasteful + "Order orders[100];\n");
  build.write("b.cpp", "int b;\n");
  const Words configure = {
      "cmake", "-S", ".",     "-B",
      "out",   "-G", "Ninja", "-DCMAKE_CXX_COMPILER_LAUNCHER=" SNUG_PROGRAM ";cc"};
  REQUIRE(build.run(configure).exit_status == 0);
  REQUIRE(build.run({"cmake", "--build", "out"}).exit_status == 0);
  CHECK(build.recorded() == 2);
  CHECK(build.snug({"check"}).exit_status == 1);
}

TEST_CASE("Meson builds through snug cc, and its own database is read") {
  if (find_program("meson").empty()) {
    WARN("skipped: meson is not installed");
    return;
  }
  const Build build;
  build.write("meson.build", "project('p', 'cpp')\nstatic_library('a', 'a.cpp')\n");
  build.write("a.cpp", wasteful + "Order orders[100];\n");
  REQUIRE(build.run({"meson", "setup", "build"}, {"CXX=" SNUG_PROGRAM " cc g++"}).exit_status == 0);
  REQUIRE(build.run({"meson", "compile", "-C", "build"}).exit_status == 0);
  CHECK(build.recorded() == 1);
  const ProgramResult result = build.snug({"check"});
  CHECK(result.exit_status == 1);
  CHECK(result.err.find("'snug") == std::string::npos);  // the compiler behind it was found
}
