#include "scan/command/distinct_commands.hpp"

#include <catch2/catch.hpp>

#include <set>

namespace snug::test {
namespace {

using Words = std::vector<std::string>;

/// How many of the commands are left.
std::size_t left_of(const std::vector<Words>& lists) {
  std::vector<CompileCommand> commands;
  for (const Words& words : lists) commands.push_back({"/p/a.cpp", "/p", words});
  const std::size_t removed = remove_same_commands(commands);
  CHECK(removed + commands.size() == lists.size());
  return commands.size();
}

TEST_CASE("commands that differ in nothing but what they write are one") {
  std::vector<Words> lists;
  for (int i = 0; i < 2000; ++i) {
    const std::string name = std::to_string(i);
    lists.push_back({"ccache", "g++", "-DX=1", "-MD", "-MF", name + ".d", "-MT", name, "-c",
                     "a.cpp", "-o", name + ".o"});
    lists.push_back({"ccache", "g++", "-DX=1", "-MD", "-MF" + name, "-MT" + name, "-c", "a.cpp",
                     "-o" + name + ".o"});
  }
  CHECK(left_of(lists) == 1);
  CHECK(left_of({{"cl.exe", "/c", "a.cpp", "/Fo1.obj"}, {"cl.exe", "/c", "a.cpp", "-Fo2.obj"}}) ==
        1);
}

TEST_CASE("commands that mean something else stay") {
  const std::vector<std::vector<Words>> pairs = {
      {{"g++", "-c", "a.cpp"}, {"g++", "-DX", "-c", "a.cpp"}},
      {{"g++", "-c", "a.cpp"}, {"clang++", "-c", "a.cpp"}},
      {{"g++", "-Ia", "-Ib"}, {"g++", "-Ib", "-Ia"}},
      {{"g++", "-DA", "B"}, {"g++", "-D", "AB"}},
      // A value, whatever it looks like.
      {{"g++", "-include", "-o", "a.hpp"}, {"g++", "-include", "-o", "b.hpp"}},
      {{"g++", "-D", "-MF", "x"}, {"g++", "-D", "-MF", "y"}},
      {{"g++", "/Foa.obj"}, {"g++", "/Fob.obj"}},
  };
  for (const auto& pair : pairs) {
    INFO(pair[0].back() << " / " << pair[1].back());
    CHECK(left_of(pair) == 2);
  }
}

TEST_CASE(
    "the first of equal commands stays, in its place; folders and files count; broken ones stay") {
  std::vector<CompileCommand> commands = {
      {"/p/a.cpp", "/p", {"g++", "-o", "1"}},        {"/p/b.cpp", "/p", {"g++", "-o", "1"}},
      {"/p/a.cpp", "/q", {"g++", "-o", "1"}},        {"/p/a.cpp", "/p", {"g++", "-o", "2"}},
      {"/p/c.cpp", "/p", {}, "entry 5 has no file"}, {"/p/c.cpp", "/p", {}, "entry 5 has no file"}};
  CHECK(remove_same_commands(commands) == 1);
  REQUIRE(commands.size() == 5);
  CHECK(commands[0].arguments == Words{"g++", "-o", "1"});
  CHECK(commands[1].file == "/p/b.cpp");
  CHECK(commands[2].directory == "/q");
}

}  // namespace
}  // namespace snug::test
