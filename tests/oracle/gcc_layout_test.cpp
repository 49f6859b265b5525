// The trait abi-differs against g++ itself: programs compiled by both compilers tell where they
// part.
#include <fmt/core.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "base/process.hpp"
#include "scan/parse/scan.hpp"
#include "support/random_classes.hpp"
#include "support/temp_folder.hpp"

namespace snug {
namespace {

std::string first_found(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (std::string path = find_program(name); !path.empty()) return path;
  }
  return {};
}

/// The words of test::layout_program by record name; empty if the compiler rejects the program.
std::map<std::string, std::string> facts_by(const std::string& compiler,
                                            const std::vector<std::string>& flags,
                                            const std::string& file, const std::string& program) {
  std::vector<std::string> build = {compiler};
  build.insert(build.end(), flags.begin(), flags.end());
  build.insert(build.end(), {"-O0", "-o", program, file});
  ProgramOptions patient;
  patient.timeout = std::chrono::minutes(5);
  const ProgramResult built = run_program(build, patient);
  INFO(built.err.substr(0, 2000));
  REQUIRE(built.ok());
  const ProgramResult ran = run_program({program}, patient);
  REQUIRE(ran.ok());
  std::map<std::string, std::string> facts;
  std::istringstream lines(ran.out);
  for (std::string line; std::getline(lines, line);) {
    facts[line.substr(0, line.find_first_of(" .:"))] += line + "\n";
  }
  return facts;
}

struct Score {
  int told_rightly = 0;
  int missed = 0;
  int told_wrongly = 0;
  std::string examples;
};

void score(std::uint64_t seed, std::size_t count, const test::TempFolder& folder, Score& score) {
  test::RandomClassOptions kinds;
  kinds.gcc = true;
  const auto classes = test::random_classes(seed, count, kinds);
  const std::string file = folder.write("program.cpp", test::layout_program(classes));
  const std::vector<std::string> flags = {"-std=c++20", "-fno-access-control", "-w"};
  const auto clang =
      facts_by(first_found({"clang++-22", "clang++"}), flags, file, folder.path("by-clang"));
  const auto gcc = facts_by(first_found({"g++-12", "g++"}), flags, file, folder.path("by-gcc"));

  CompileCommand command;
  command.file = file;
  command.directory = folder.path();
  command.arguments = {"clang++"};
  command.arguments.insert(command.arguments.end(), flags.begin(), flags.end());
  command.arguments.push_back(file);
  ScanOptions options;
  options.root = folder.path();
  const Model model = scan_unit(command, options);
  std::set<std::string> told;
  for (const Record& record : model.records) {
    if (record.traits.abi_differs) told.insert(record.name);
  }
  for (const test::RandomClass& one : classes) {
    const auto ours = clang.find(one.name);
    const auto theirs = gcc.find(one.name);
    if (ours == clang.end() || theirs == gcc.end()) continue;
    const bool differs = ours->second != theirs->second;
    const bool said = told.contains(one.name);
    if (differs && said) ++score.told_rightly;
    if (differs && !said) ++score.missed;
    if (!differs && said) ++score.told_wrongly;
    if (differs != said) {
      score.examples +=
          fmt::format("{} (seed {}): {}\n", differs ? "missed" : "wrong", seed, one.source);
    }
  }
}

}  // namespace

TEST_CASE("the trait abi-differs tells where g++ lays a record out otherwise") {
  const test::TempFolder folder;
  Score sum;
  for (std::uint64_t seed = 21; seed <= 25; ++seed) score(seed, 400, folder, sum);
  const double found = sum.told_rightly + sum.missed;
  const double said = sum.told_rightly + sum.told_wrongly;
  WARN(fmt::format("abi-differs: {} of 2000 records differ, recall {:.1f} %, precision {:.1f} %",
                   found, 100 * sum.told_rightly / found, 100 * sum.told_rightly / said));
  INFO(sum.examples);
  CHECK(found >= 20);
  CHECK(sum.told_rightly >= 0.95 * found);
  CHECK(sum.told_rightly >= 0.90 * said);
}

}  // namespace snug
