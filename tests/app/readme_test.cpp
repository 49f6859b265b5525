// The README shows what the program really prints: its commands are run again here.
//
// Of the ```console blocks those that run snug are taken. A line that begins with "$ " is a
// command, the lines below it are what it prints (standard output, then standard error); "..."
// alone stands for any lines. What `cat FILE` prints is the file that the next commands read.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "support/program.hpp"

using namespace snug;
using namespace snug::test;

namespace {

namespace fs = std::filesystem;

struct Shown {
  std::string command;
  std::string output;
};

using Block = std::vector<Shown>;

std::vector<Block> console_blocks(const std::string& text) {
  std::vector<Block> blocks;
  std::istringstream lines(text);
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      inside = !inside && line == "```console";
      if (inside) blocks.emplace_back();
    } else if (inside && line.starts_with("$ ")) {
      blocks.back().push_back({line.substr(2), ""});
    } else if (inside && !blocks.back().empty()) {
      blocks.back().back().output += line + "\n";
    }
  }
  std::erase_if(blocks, [](const Block& block) {
    return std::none_of(block.begin(), block.end(),
                        [](const Shown& shown) { return shown.command.starts_with("snug "); });
  });
  return blocks;
}

/// Copies what the commands of the README read, and marks the root of the project.
void prepare(const ScratchFolder& folder) {
  fs::create_directory(folder.path(".git"));
  fs::create_directory(folder.path("samples"));
  fs::copy(fs::path(SNUG_SOURCE_DIR) / "samples" / "tour", folder.path("samples/tour"),
           fs::copy_options::recursive);
}

std::string printed_by(const std::string& command, const ScratchFolder& folder) {
  ProgramOptions options;
  options.directory = folder.path();
  options.timeout = std::chrono::seconds(300);
  const fs::path program(SNUG_PROGRAM);
  const ProgramResult result = run_program(
      {"/bin/sh", "-c", "PATH=\"$0:$PATH\"; " + command, program.parent_path().string()}, options);
  return result.out + result.err;
}

}  // namespace

TEST_CASE("the README shows what the program prints") {
  const auto blocks = console_blocks(read_file(SNUG_SOURCE_DIR "/README.md"));
  REQUIRE(blocks.size() >= 2);
  for (const Block& block : blocks) {
    const ScratchFolder folder;
    prepare(folder);
    for (const Shown& shown : block) {
      CAPTURE(shown.command);
      if (shown.command.starts_with("cat ")) {
        folder.write(shown.command.substr(4), shown.output);
        continue;
      }
      const std::string printed = printed_by(shown.command, folder);
      if (shown.output != "...\n") CHECK(printed == shown.output);
    }
  }
}

TEST_CASE("the README's table names the checks that the program has") {
  std::vector<std::string> rows;
  std::istringstream text(read_file(SNUG_SOURCE_DIR "/README.md"));
  for (std::string line; std::getline(text, line);) {
    if (line == "## Fix it") break;
    if (line.starts_with("| `")) rows.push_back(line.substr(3, line.find('`', 3) - 3));
  }
  std::vector<std::string> checks;
  std::istringstream list(run_program({SNUG_PROGRAM, "explain", "--list"}, {}).out);
  for (std::string line; std::getline(list, line);)
    checks.push_back(line.substr(0, line.find(' ')));
  std::sort(rows.begin(), rows.end());
  CHECK(rows == checks);
}
