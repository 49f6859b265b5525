#include "app/fix_command.hpp"

#include <catch2/catch.hpp>

using namespace snug;

TEST_CASE("The command that applies fixes repeats what selects the code, quoted for a shell") {
  Options options;
  CHECK(fix_command(options) == "snug fix");
  options.project.build = "build dir";
  options.arguments = {"src/it's.cpp"};
  options.check.checks = "padding,-enum-size";
  CHECK(fix_command(options) ==
        "snug fix -p 'build dir' --check padding,-enum-size 'src/it'\\''s.cpp'");
  options = {};
  options.arguments = {"a.cpp"};
  options.project.flags = {"-std=c++20", "-DX=$HOME"};
  CHECK(fix_command(options) == "snug fix a.cpp -- -std=c++20 '-DX=$HOME'");
  options.arguments = {"caf\xc3\xa9.cpp"};
  CHECK(fix_command(options) == "snug fix 'caf\xc3\xa9.cpp' -- -std=c++20 '-DX=$HOME'");
  options = {};
  // What a terminal does not show is written by its bytes.
  options.arguments = {"caf\xe9 1's.cpp", "a\n\x1b[m2\\.cpp"};
  options.check.bundled = true;
  CHECK(fix_command(options) ==
        "snug fix --bundled $'caf\\351 1\\'s.cpp' $'a\\012\\033[m2\\\\.cpp'");
  options = {};
  options.arguments = std::vector<std::string>(9, "a.cpp");
  CHECK(fix_command(options) == "snug fix FILES (FILES: the 9 that were checked)");
  options = {};
  options.arguments = {"part.snug"};
  CHECK(fix_command(options).empty());
}
