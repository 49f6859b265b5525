// The samples are documentation, tests and demonstration in one. Each check has a folder with
// before*.cpp and after*.cpp. In the files of "before"
//
//   struct Order {  // expect: padding "part of the message"
//
// stands on the line that a finding has to name. A finding without an expectation fails as an
// expectation without a finding does; `expect-todo` is a known gap and fails once it is closed.
// "after" has no finding of the check.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <regex>

#include "analysis/check.hpp"
#include "support/program.hpp"
#include "support/schema.hpp"

using namespace snug;
using namespace snug::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

const fs::path samples = fs::path(SNUG_SOURCE_DIR) / "samples";

struct Expectation {
  std::string file;
  int line = 0;
  std::string check, text;
  bool todo = false;
};

/// Expectations of one file.
std::vector<Expectation> expectations_in(const fs::path& file) {
  static const std::regex mark(R"re(// expect(-todo)?: ([a-z-]+) "([^"]*)")re");
  std::vector<Expectation> found;
  std::ifstream in(file);
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    for (std::sregex_iterator it(line.begin(), line.end(), mark), end; it != end; ++it) {
      found.push_back({file.filename(), number, (*it)[2], (*it)[3], (*it)[1].matched});
    }
  }
  return found;
}

std::vector<fs::path> files_of(const fs::path& folder, const std::string& start) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename();
    if (name.starts_with(start) && entry.path().extension() == ".cpp") {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

json report_on(const fs::path& folder, const std::vector<fs::path>& files) {
  std::vector<std::string> words = {SNUG_PROGRAM, "check", "--level", "note",
                                    "--format",   "json",  "--root",  folder.string()};
  words.insert(words.end(), files.begin(), files.end());
  // Only "after" uses the library.
  words.insert(words.end(), {"--", "-std=c++20", "-I" SNUG_SOURCE_DIR "/lib/include"});
  ProgramOptions options;
  options.timeout = std::chrono::seconds(300);
  const ProgramResult result = run_program(words, options);
  INFO(result.err);
  REQUIRE(result.exit_status < 2);
  CHECK(schema_error(result.out).empty());
  return json::parse(result.out);
}

bool fits(const Expectation& expected, const json& finding) {
  return !finding["location"].is_null() && finding["location"]["file"] == expected.file &&
         finding["location"]["line"] == expected.line && finding["check"] == expected.check &&
         finding["message"].get<std::string>().find(expected.text) != std::string::npos;
}

void compare(std::vector<Expectation> expected, const json& findings) {
  for (const json& finding : findings) {
    const auto match = std::find_if(expected.begin(), expected.end(),
                                    [&](const Expectation& e) { return fits(e, finding); });
    INFO(finding.dump(1));
    CHECK(match != expected.end());  // else the finding is surplus
    if (match != expected.end()) {
      CHECK(!match->todo);  // the gap is closed: make it `expect`
      expected.erase(match);
    }
  }
  for (const Expectation& missing : expected) {
    INFO(missing.file << ":" << missing.line << ": " << missing.check << " " << missing.text);
    CHECK(missing.todo);
  }
}

/// A finding's fix is either proven or refused; nothing else is printed.
void check_fixes(const json& findings) {
  for (const json& finding : findings) {
    for (const json& fix : finding["fixes"]) {
      INFO(finding["message"]);
      CHECK((fix["safety"] == "refused") == fix["proof"].is_null());
      CHECK((fix["proof"].is_null() || fix["proof"]["verified"] == true));
    }
  }
}

}  // namespace

TEST_CASE("every sample gives the findings that it announces, and none when mended") {
  for (const Check* check : all_checks()) {
    const fs::path folder = samples / check->id;
    DYNAMIC_SECTION(check->id) {
      REQUIRE(fs::is_directory(folder));
      std::vector<Expectation> expected;
      for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename();
        if (!name.starts_with("after")) {
          const auto more = expectations_in(entry.path());
          expected.insert(expected.end(), more.begin(), more.end());
        }
      }
      CHECK(std::any_of(expected.begin(), expected.end(),
                        [&](const Expectation& e) { return e.check == check->id; }));
      const json before = report_on(folder, files_of(folder, "before"))["findings"];
      compare(expected, before);
      check_fixes(before);
      const json after = report_on(folder, files_of(folder, "after"))["findings"];
      for (const json& finding : after) {
        INFO(finding.dump(1));
        CHECK(finding["check"] != check->id);
      }
    }
  }
}

TEST_CASE("the tour shows every check that it was made for") {
  const ScratchFolder build;
  const ProgramResult configured =
      run_program({"cmake", "-S", (samples / "tour").string(), "-B", build.path(), "-G", "Ninja"},
                  {"", std::chrono::seconds(120), 1U << 20U, {}, {}});
  INFO(configured.err);
  REQUIRE(configured.ok());
  ProgramOptions options;
  options.timeout = std::chrono::seconds(300);
  const ProgramResult result = run_program(
      {SNUG_PROGRAM, "check", "-p", build.path(), "--level", "note", "--format", "json"}, options);
  INFO(result.err);
  CHECK(result.exit_status == 1);
  CHECK(schema_error(result.out).empty());
  const json report = json::parse(result.out);
  CHECK(report["summary"]["units_failed"] == 0);
  for (const std::string check :
       {"budget", "empty-member", "line-straddle", "odr-layout", "padding"}) {
    INFO(check);
    CHECK(std::any_of(report["findings"].begin(), report["findings"].end(),
                      [&](const json& finding) { return finding["check"] == check; }));
  }
  check_fixes(report["findings"]);
}
