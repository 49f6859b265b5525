// What stands around a compiler's command for a shell.
#include "scan/command/shell_forms.hpp"

#include <catch2/catch.hpp>

using namespace snug;
using Words = std::vector<std::string>;

TEST_CASE("the compiler's command comes out of what a shell reads") {
  struct Row {
    Words words, left;
    std::string directory;
  };
  const std::vector<Row> rows = {
      {{"g++", "-c", "a.cpp"}, {"g++", "-c", "a.cpp"}, "/b"},
      {{"cd", "sub", "&&", "g++", "-Iinc"}, {"g++", "-Iinc"}, "/b/sub"},
      {{"cd", "/x", ";", "cd", "y", "&&", "g++"}, {"g++"}, "/x/y"},
      {{":", "&&", "g++", "-c", "a.cpp", "&&", ":"}, {"g++", "-c", "a.cpp"}, "/b"},
      {{"true", ";", "g++"}, {"g++"}, "/b"},
      {{"/bin/sh", "-c", "g++ -DA='1 2' -c a.cpp"}, {"g++", "-DA=1 2", "-c", "a.cpp"}, "/b"},
      {{"bash", "-ec", "cd s && exec-less && g++"}, {"exec-less"}, "/b/s"},
      {{"sh", "-c", "'never ends"}, {"sh", "-c", "'never ends"}, "/b"},
      {{"sh", "script.sh"}, {"sh", "script.sh"}, "/b"},
      {{"cd", "sub"}, {"cd", "sub"}, "/b"},
      {{"g++", "a.cpp", "|", "tee", "log"}, {"g++", "a.cpp"}, "/b"},
  };
  for (const Row& row : rows) {
    Words words = row.words;
    std::string directory = "/b";
    take_out_of_shell(words, directory);
    CHECK(words == row.left);
    CHECK(directory == row.directory);
  }
}

TEST_CASE("shells in shells end somewhere") {
  std::string inner = "g++";
  for (int i = 0; i < 12; ++i) inner = "cd a && " + inner;
  Words words = {"sh", "-c", inner};
  std::string directory = "/b";
  take_out_of_shell(words, directory);
  CHECK_FALSE(words.empty());
}

TEST_CASE("words that only a shell knows are found") {
  CHECK(word_of_shell({"g++", "$CXXFLAGS", "-c"}) == "$CXXFLAGS");
  CHECK(word_of_shell({"g++", "${CXXFLAGS}"}) == "${CXXFLAGS}");
  CHECK(word_of_shell({"g++", "$(pkg-config", "--cflags"}) == "$(pkg-config");
  CHECK(word_of_shell({"g++", "`pkg-config"}) == "`pkg-config");
  CHECK(word_of_shell({"g++", "-DPRICE=$5", "$", "-c", "a$b.cpp"}).empty());
}
