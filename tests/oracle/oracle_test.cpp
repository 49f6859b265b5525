// The layouts that snug reads against the compiler: its dump, and programs that it compiled.
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "base/process.hpp"
#include "oracle/compare.hpp"
#include "oracle/probe.hpp"
#include "scan/parse/scan.hpp"
#include "support/random_classes.hpp"

namespace snug {
namespace {

namespace fs = std::filesystem;

/// A folder that goes away with the test.
class Scratch {
 public:
  Scratch() : path_(fs::temp_directory_path() / fmt::format("snug-oracle-test-{}", ::getpid())) {
    fs::create_directories(path_);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return (path_ / name).string();
  }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

std::string compiler(bool c = false) {
  std::string path = find_program(c ? "clang-22" : "clang++-22");
  return path.empty() ? find_program(c ? "clang" : "clang++") : path;
}

CompileCommand command_for(const std::string& file, const std::vector<std::string>& flags) {
  CompileCommand command;
  command.file = file;
  command.directory = fs::path(file).parent_path().string();
  command.arguments = {compiler(file.ends_with(".c"))};
  command.arguments.insert(command.arguments.end(), flags.begin(), flags.end());
  command.arguments.push_back(file);
  return command;
}

Model scan_file(const std::string& file, const std::vector<std::string>& flags,
                const std::string& target = "") {
  ScanOptions options;
  options.root = fs::path(file).parent_path().string();
  options.target = target;
  return scan_unit(command_for(file, flags), options);
}

/// "R3.f1 offset" and the like to bits, in the words of layout_program.
void add_facts(const std::string& name, const std::vector<Slot>& slots,
               std::map<std::string, std::string>& facts) {
  for (const Slot& slot : slots) {
    const std::uint64_t at = slot.extent.offset_bits;
    const bool base = slot.kind == SlotKind::Base || slot.kind == SlotKind::VirtualBase;
    const std::string key = name + (base ? ":" : ".") + slot.name;
    if (slot.kind == SlotKind::BitField) {
      facts[key] = fmt::format("bits {} {}", at, slot.extent.size_bits);
    } else {
      facts[key] = fmt::format("offset {}", at / 8);
    }
    add_facts(name, slot.members, facts);
  }
}

std::map<std::string, std::string> facts_of(const Model& model) {
  std::map<std::string, std::string> facts;
  for (const Record& record : model.records) {
    facts[record.name + " size"] = fmt::format("{}", record.size);
    facts[record.name + " align"] = fmt::format("{}", record.align);
    add_facts(record.name, record.slots, facts);
  }
  return facts;
}

/// The lines of the program that differ from what snug reads.
std::vector<std::string> program_differences(std::uint64_t seed, std::size_t count,
                                             const Scratch& scratch, std::size_t& compared) {
  const std::string file =
      scratch.write("program.cpp", test::layout_program(test::random_classes(seed, count)));
  const std::string program = scratch.path() + "/program";
  const std::vector<std::string> flags = {"-std=c++20", "-fno-access-control", "-w"};
  std::vector<std::string> build = {compiler()};
  build.insert(build.end(), flags.begin(), flags.end());
  build.insert(build.end(), {"-O0", "-o", program, file});
  ProgramOptions patient;
  patient.timeout = std::chrono::minutes(5);
  const ProgramResult built = run_program(build, patient);
  INFO(built.err.substr(0, 4000));
  REQUIRE(built.ok());
  const ProgramResult ran = run_program({program}, patient);
  REQUIRE(ran.ok());
  const Model model = scan_file(file, flags);
  REQUIRE(model.units.at(0).problems == std::vector<std::string>());
  const std::map<std::string, std::string> facts = facts_of(model);
  std::vector<std::string> differences;
  std::istringstream lines(ran.out);
  for (std::string line; std::getline(lines, line); ++compared) {
    const bool whole =
        line.find(" size ") != std::string::npos || line.find(" align ") != std::string::npos;
    const std::size_t split = whole ? line.rfind(' ') : line.find(' ');
    const auto ours = facts.find(line.substr(0, split));
    if (ours == facts.end() || ours->second != line.substr(split + 1)) {
      differences.push_back(line + ", snug says " +
                            (ours == facts.end() ? "nothing" : ours->second));
    }
  }
  return differences;
}

std::vector<std::string> dump_differences(const std::string& text, const std::string& target,
                                          const Scratch& scratch, std::size_t& compared) {
  const std::string file = scratch.write("classes.cpp", text);
  const std::vector<std::string> flags = {"-std=c++20", "-w", "-nostdinc", "-faligned-allocation",
                                          "--target=" + target};
  std::vector<std::string> dump = {compiler(), "-fsyntax-only", "-Xclang", "-fdump-record-layouts"};
  dump.insert(dump.end(), flags.begin(), flags.end());
  dump.push_back(file);
  ProgramOptions patient;
  patient.timeout = std::chrono::minutes(5);
  patient.max_output = 1U << 30U;
  const ProgramResult ran = run_program(dump, patient);
  INFO(ran.err.substr(0, 4000));
  REQUIRE(ran.ok());
  const Model model = scan_file(file, flags, target);
  REQUIRE(model.units.at(0).problems == std::vector<std::string>());
  const oracle::Comparison result = oracle::compare(model, oracle::parse_dump(ran.out),
                                                    [](const oracle::DumpRecord&) { return true; });
  compared += result.compared;
  return result.differences;
}

/// What differs in a unit that takes sizeof of every record of the file.
std::vector<std::string> probe_differences(const std::string& file,
                                           const std::vector<std::string>& flags,
                                           const Scratch& scratch, const std::string& target = "") {
  DriverCache cache;
  ScanOptions options;
  options.target = target;
  options.root = "/";
  options.system_headers = true;
  const CompileCommand command = command_for(file, flags);
  FrontEndCommand probed = adapt(command, options, cache);
  const oracle::Probe probe = oracle::run_probe(probed, scratch.path());
  REQUIRE(probe.problem.empty());
  probed.file = probe.file;
  probed.arguments.insert(probed.arguments.end(), {"-fno-access-control", "-w"});
  const Model model = scan_unit(probed, options);
  REQUIRE(model.units.at(0).problems == std::vector<std::string>());
  return oracle::compare(model, probe.layout,
                         [](const oracle::DumpRecord& block) {
                           return block.key != "__va_list_tag";  // built in: it stands nowhere
                         })
      .differences;
}

std::string with_sizes(const std::vector<test::RandomClass>& classes) {
  std::string text = test::random_classes_prelude();
  for (const test::RandomClass& one : classes) {
    text += one.source + fmt::format("static_assert(sizeof({}) > 0, \"\");\n", one.name);
  }
  return text;
}

/// Compares every `parts`-th source file of samples/, from the one at `part`: each is a unit of its
/// own, so that parts can run at once.
void compare_samples(std::size_t part, std::size_t parts) {
  const Scratch scratch;
  const fs::path samples = fs::path(SNUG_SOURCE_DIR) / "samples";
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(samples)) {
    const fs::path extension = entry.path().extension();
    if (extension == ".cpp" || extension == ".c") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  REQUIRE(files.size() > parts);
  for (std::size_t i = part; i < files.size(); i += parts) {
    CAPTURE(files[i].string());
    std::vector<std::string> flags = {files[i].extension() == ".c" ? "-std=c17" : "-std=c++20",
                                      "-I" SNUG_SOURCE_DIR "/lib/include"};
    for (fs::path folder = files[i].parent_path(); folder != samples;
         folder = folder.parent_path()) {
      flags.push_back("-I" + folder.string());
    }
    CHECK(probe_differences(files[i].string(), flags, scratch) == std::vector<std::string>());
  }
}

}  // namespace

TEST_CASE("random classes lie as a compiled program sees them", "[long]") {
  const Scratch scratch;
  std::size_t compared = 0;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    CAPTURE(seed);
    const std::vector<std::string> differences = program_differences(seed, 400, scratch, compared);
    CHECK(differences == std::vector<std::string>());
  }
  CHECK(compared > 10000);
}

TEST_CASE("random classes lie as the compiler dumps them on every ABI", "[long]") {
  const Scratch scratch;
  const std::string target =
      GENERATE("i686-linux-gnu", "aarch64-linux-gnu", "armv7-linux-gnueabihf",
               "x86_64-pc-windows-msvc", "arm64-apple-macos", "x86_64-linux-gnu");
  CAPTURE(target);
  test::RandomClassOptions options;
  options.microsoft = target.find("msvc") != std::string::npos;
  std::size_t compared = 0;
  const auto classes = test::random_classes(7, 200, options);
  CHECK(dump_differences(with_sizes(classes), target, scratch, compared) ==
        std::vector<std::string>());
  CHECK(compared >= 200);
}

TEST_CASE("every header of the standard library lies as the compiler dumps it", "[long]") {
  const Scratch scratch;
  const std::string file = scratch.write("all.cpp", "#include <bits/stdc++.h>\n");
  CHECK(probe_differences(file, {"-std=c++20"}, scratch) == std::vector<std::string>());
}

TEST_CASE("every sample lies as the compiler dumps it, part 1 of 4", "[long]") {
  compare_samples(0, 4);
}

TEST_CASE("every sample lies as the compiler dumps it, part 2 of 4", "[long]") {
  compare_samples(1, 4);
}

TEST_CASE("every sample lies as the compiler dumps it, part 3 of 4", "[long]") {
  compare_samples(2, 4);
}

TEST_CASE("every sample lies as the compiler dumps it, part 4 of 4", "[long]") {
  compare_samples(3, 4);
}

TEST_CASE("hand-written cases lie as the compiler dumps them on every ABI") {
  const Scratch scratch;
  const std::string target =
      GENERATE("i686-linux-gnu", "aarch64-linux-gnu", "armv7-linux-gnueabihf",
               "x86_64-pc-windows-msvc", "arm64-apple-macos", "x86_64-linux-gnu");
  for (const auto& entry :
       fs::directory_iterator(fs::path(SNUG_SOURCE_DIR) / "tests/oracle/cases")) {
    CAPTURE(target, entry.path().string());
    const bool c = entry.path().extension() == ".c";
    std::vector<std::string> flags = {c ? "-std=c17" : "-std=c++20", "-nostdinc"};
    if (!c) {
      flags.push_back("-faligned-allocation");
    }
    CHECK(probe_differences(entry.path().string(), flags, scratch, target) ==
          std::vector<std::string>());
  }
}

TEST_CASE("a dump is read back") {
  const auto records = oracle::parse_dump(
      "\n*** Dumping AST Record Layout\n"
      "         0 | struct B\n"
      "         0 |   struct A (primary base)\n"
      "         0 |     (A vtable pointer)\n"
      "    12:3-4 |   int b\n"
      "      16:- |   int \n"
      "        16 |   struct (anonymous at /x/d.cpp:3:5) \n"
      "        16 |     int deep\n"
      "        24 |   struct V (virtual base) (empty)\n"
      "           | [sizeof=32, dsize=28, align=8,\n"
      "           |  nvsize=20, nvalign=8]\n");
  REQUIRE(records.size() == 1);
  const oracle::DumpRecord& record = records[0];
  CHECK(record.key == "B");
  CHECK(record.size == 32);
  CHECK(record.data_size == 28);
  CHECK(record.nonvirtual_size == 20);
  REQUIRE(record.parts.size() == 4);
  CHECK(record.parts[1].offset_bits == 99);
  CHECK(record.parts[1].width_bits == 2);
  CHECK(record.parts[2].name.empty());
  CHECK(record.parts[3].kind == oracle::PartKind::VirtualBase);
}

}  // namespace snug
