#include "session/no_database.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "support/program.hpp"

namespace snug::test {
namespace {

struct Folder : ScratchFolder {
  [[nodiscard]] std::string text(const std::string& below = "") const {
    return no_database_text(path(below), disk_files(),
                            [](const std::string& file) { return std::filesystem::exists(file); });
  }
};

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the command for the build system that is there comes first") {
  const Folder folder;
  folder.write("Makefile", "");
  folder.write("src/a.c", "");
  for (const std::string& text : {folder.text(), folder.text("src")}) {
    const std::size_t make = text.find("snug cc cc"), others = text.find("With other build");
    CHECK(make < others);
    CHECK(text.find("cmake -B build") > others);
    for (const char* name : {"CMake", "Meson", "Ninja", "Bazel", "bear --", "-p DIR"}) {
      INFO(name);
      CHECK(contains(text, name));
    }
  }
}

TEST_CASE("a build folder that was configured without a database is named") {
  const Folder folder;
  folder.write("CMakeLists.txt", "");
  folder.write("build/CMakeCache.txt", "\nCMAKE_GENERATOR:INTERNAL=Unix Makefiles\n");
  const std::string command = "cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON " + folder.path("build");
  CHECK(contains(folder.text(), folder.path("build") + " was configured without it"));
  CHECK(contains(folder.text(), command));
  CHECK(contains(folder.text("build"), command));
  folder.write("build/CMakeCache.txt", "\nCMAKE_GENERATOR:INTERNAL=Visual Studio 17 2022\n");
  CHECK(contains(folder.text(), "-G Ninja"));
  CHECK_FALSE(contains(folder.text(), command));
}

TEST_CASE("with no build system in sight all are named") {
  const Folder folder;
  CHECK(contains(folder.text(), "To get one:"));
  CHECK_FALSE(contains(folder.text(), "other build systems"));
}

TEST_CASE("a library of headers alone needs no database") {
  const Folder folder;
  folder.write("include/shapes.hpp", "");
  CHECK(contains(folder.text(), "snug check include/shapes.hpp -- -std=c++20 -Iinclude"));
  folder.write("include/colors.hpp", "");
  CHECK(contains(folder.text(), "snug check include/*.hpp -- -std=c++20 -Iinclude"));
  folder.write("src/a.cpp", "");
  CHECK_FALSE(contains(folder.text(), "headers alone"));
  const Folder c;
  c.write("one.h", "");
  CHECK(contains(c.text(), "snug check one.h -- -I."));
}

}  // namespace snug::test
