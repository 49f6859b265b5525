// What goes wrong around the program: each case with its message and its exit status.
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/files.hpp"
#include "support/program.hpp"

using namespace snug;
using namespace snug::test;
using nlohmann::json;
using Words = std::vector<std::string>;

namespace {

namespace fs = std::filesystem;

/// Takes minutes and no memory, if it is compiled with `endless_flags`.
const std::string_view endless =
    "constexpr long count() { long sum = 0; for (long i = 0; i < 2000000000; ++i) sum += i & 1;\n"
    "  return sum; }\nstatic_assert(count() > 0);\n";
const Words endless_flags = {"-std=c++20", "-fconstexpr-steps=2147483647"};

/// One good unit with a finding, and a database for it and the units that a test adds.
struct Project : ScratchFolder {
  Project() {
    write("good.cpp", "struct Order { bool live; double price; bool hidden; } order[64];\n");
    write_database({"good.cpp"});
  }

  [[nodiscard]] ProgramResult run(Words words) const {
    ProgramOptions options;
    options.directory = path();
    options.timeout = std::chrono::seconds(120);
    return run_program(words, options);
  }

  [[nodiscard]] ProgramResult snug(Words words) const {
    words.insert(words.begin(), SNUG_PROGRAM);
    return run(std::move(words));
  }

  /// Status and problems of a unit, and that the good one is reported beside it.
  [[nodiscard]] json bad_unit(const std::string& file, const std::string& status,
                              const Words& more = {}) const {
    Words words = {"check", "--format", "json"};
    words.insert(words.end(), more.begin(), more.end());
    const ProgramResult result = snug(words);
    CAPTURE(result.err);
    CHECK(result.exit_status == 2);
    CHECK(result.err.find(file) != std::string::npos);
    const json report = json::parse(result.out);
    CHECK(report.at("findings").size() == 1);
    for (const json& unit : report.at("units")) {
      if (unit.at("file") != file) continue;
      CHECK(unit.at("status") == status);
      return unit.at("problems");
    }
    FAIL("no unit " << file);
    return {};
  }
};

bool says(const json& problems, std::string_view text) {
  return problems.dump().find(text) != std::string::npos;
}

/// Processes whose command line holds the text.
int processes_with(const std::string& text) {
  int count = 0;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator("/proc", error)) {
    std::ifstream file(entry.path() / "cmdline", std::ios::binary);
    const std::string line((std::istreambuf_iterator<char>(file)), {});
    count += line.find(text) != std::string::npos ? 1 : 0;
  }
  return count;
}

}  // namespace

TEST_CASE("option --timeout gives a unit up, the others are reported") {
  const Project project;
  project.write("slow.cpp", endless);
  project.write_database({"good.cpp", "slow.cpp"}, endless_flags);
  const auto start = std::chrono::steady_clock::now();
  const json problems = project.bad_unit("slow.cpp", "timeout", {"--timeout", "2"});
  CHECK(says(problems, "2 s"));
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(60));
  CHECK(project.snug({"check", "--timeout", "2", "--keep-going"}).exit_status == 1);
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SNUG_NO_MEMORY_LIMIT
#endif
#endif
#if !defined(__SANITIZE_ADDRESS__) && !defined(SNUG_NO_MEMORY_LIMIT)
TEST_CASE("option --memory-limit ends an endless template recursion") {
  const Project project;
  project.write("deep.cpp",
                "template <int N> struct R { static constexpr int v = R<N + 1>::v; };\n"
                "int x = R<0>::v;\n");
  project.write_database({"good.cpp", "deep.cpp"}, {"-std=c++20", "-ftemplate-depth=100000000"});
  const json problems = project.bad_unit("deep.cpp", "memory-limit", {"--memory-limit", "400"});
  CHECK(says(problems, "400 MiB"));
}
#endif

TEST_CASE("an interrupt ends the workers and the program with the status of the signal") {
  const Project project;
  project.write("slow.cpp", endless);
  project.write_database({"good.cpp", "slow.cpp"}, endless_flags);
  for (const std::string signal : {"INT", "TERM"}) {
    const ProgramResult result = project.run({"timeout", "--preserve-status", "--signal=" + signal,
                                              "2", SNUG_PROGRAM, "check", "-p", project.path()});
    CAPTURE(signal, result.err);
    CHECK(result.exit_status == (signal == "INT" ? 130 : 143));
    CHECK(result.out.empty());
    CHECK(processes_with(project.path()) == 0);
  }
}

TEST_CASE("option --query-driver lets an unknown compiler tell its include folders") {
  const Project project;
  project.write("inside/only_here.hpp", "struct Inside { char a; double b; char c; };\n");
  const std::string driver =
      project.write("bin/housecc++",
                    "#!/bin/sh\necho asked >> \"$(dirname \"$0\")/../asked\"\n"
                    "printf 'Target: x86_64-linux-gnu\\n#include <...> search starts here:\\n " +
                        project.path("inside") + "\\nEnd of search list.\\n' >&2\n");
  REQUIRE(::chmod(driver.c_str(), 0755) == 0);
  project.write("a.cpp", "#include <only_here.hpp>\nInside inside;\n");
  const json database = json::array(
      {{{"directory", project.path()}, {"file", "a.cpp"}, {"arguments", {driver, "-c", "a.cpp"}}}});
  project.write("compile_commands.json", database.dump());

  const ProgramResult unasked = project.snug({"check"});
  CAPTURE(unasked.err);
  CHECK(unasked.exit_status == 2);
  CHECK(unasked.err.find("only_here.hpp") != std::string::npos);
  CHECK(unasked.err.find("--query-driver") != std::string::npos);
  CHECK_FALSE(fs::exists(project.path("asked")));

  const ProgramResult asked = project.snug({"list", "--query-driver", driver});
  CAPTURE(asked.err);
  CHECK(asked.exit_status == 0);
  CHECK(fs::exists(project.path("asked")));
}

TEST_CASE("option --system-headers reports what lies outside the project") {
  const Project project;
  project.write("a.cpp", "#include <utility>\nstd::pair<char, double> p;\n");
  project.write_database({"a.cpp"});
  const auto records = [&](const Words& words) {
    const ProgramResult result = project.snug(words);
    CAPTURE(result.err);
    CHECK(result.exit_status == 0);
    return json::parse(result.out).at("records");
  };
  CHECK(records({"list", "--format", "json"}).empty());
  CHECK(says(records({"list", "--format", "json", "--system-headers"}), "std::pair<char, double>"));
}

TEST_CASE("option --shard cuts the units into parts that miss and repeat none") {
  const Project project;
  const Words files = {"a.cpp", "b.cpp", "c.cpp", "good.cpp"};
  for (const std::string& file : files) {
    if (file != "good.cpp") project.write(file, "struct S_" + file.substr(0, 1) + " { int x; };\n");
  }
  project.write_database(files);
  Words parts;
  std::size_t units = 0;
  for (int k = 1; k <= 3; ++k) {
    parts.push_back(std::to_string(k) + ".snug");
    const std::string shard = std::to_string(k) + "/3";
    CHECK(project.snug({"scan", "--shard", shard, "-o", parts.back()}).exit_status == 0);
    const auto part = project.snug({"check", parts.back(), "--format", "json"});
    units += json::parse(part.out).at("units").size();
  }
  CHECK(units == files.size());
  Words check = {"check", "--format", "json"};
  check.insert(check.end(), parts.begin(), parts.end());
  CHECK(project.snug(check).out == project.snug({"check", "--format", "json"}).out);
  // More shards than units: an empty part is no error.
  const ProgramResult more = project.snug({"scan", "--shard", "9/9", "-o", "9.snug"});
  CAPTURE(more.err);
  CHECK(more.exit_status == 0);
  CHECK(project.snug({"scan", "--shard", "4/3", "-o", "x.snug"}).exit_status == 2);
}

TEST_CASE("option --keep-going makes the best of units that fail") {
  const Project project;
  project.write("bad.cpp", "int x = ;\n");
  project.write_database({"good.cpp", "bad.cpp"});
  for (const Words& command :
       {Words{"check"}, Words{"list"}, Words{"show", "Order"}, Words{"scan", "-o", "all.snug"}}) {
    CAPTURE(command.front());
    CHECK(project.snug(command).exit_status == 2);
    Words keep = command;
    keep.push_back("--keep-going");
    const ProgramResult kept = project.snug(keep);
    CHECK(kept.exit_status == (command.front() == "check" ? 1 : 0));
    CHECK(kept.err.find("bad.cpp:1:9") != std::string::npos);
  }
}

TEST_CASE("a database that ends in the middle is told with its place") {
  const Project project;
  const std::string whole = project.read("compile_commands.json");
  for (const std::size_t length : {whole.size() / 3, whole.size() / 2, whole.size() - 3}) {
    project.write("compile_commands.json", whole.substr(0, length));
    const ProgramResult result = project.snug({"check"});
    CAPTURE(length, result.err);
    CHECK(result.exit_status == 2);
    CHECK(result.out.empty());
    CHECK(result.err.find("compile_commands.json") != std::string::npos);
  }
}

TEST_CASE("missing files of a database fail their unit") {
  const Project project;
  project.write_database({"good.cpp", "gone.cpp"});
  CHECK(says(project.bad_unit("gone.cpp", "failed"), "no such file"));
  project.write("needs.cpp", "#include \"no_such.hpp\"\n");
  project.write_database({"good.cpp", "needs.cpp"});
  CHECK(says(project.bad_unit("needs.cpp", "failed"), "'no_such.hpp' file not found"));
}

TEST_CASE("flags that the front end cannot use fail the unit or are told") {
  const Project project;
  project.write_database({"good.cpp"}, {"-std=c++1999"});
  const ProgramResult standard = project.snug({"check"});
  CAPTURE(standard.err);
  CHECK(standard.exit_status == 2);
  CHECK(standard.err.find("c++1999") != std::string::npos);
  project.write_database({"good.cpp"}, {"-std=c++20", "-fno-such-thing", "-Wno-such-warning"});
  const ProgramResult unknown = project.snug({"check"});
  CAPTURE(unknown.err);
  CHECK(unknown.exit_status == 1);
  CHECK(unknown.err.find("-fno-such-thing") != std::string::npos);
  CHECK(unknown.err.find("-Wno-such-warning") == std::string::npos);
}

TEST_CASE("a crash of the front end costs its unit") {
  const Project project;
  project.write("crash.cpp", "#pragma clang __debug crash\n");
  project.write_database({"good.cpp", "crash.cpp"});
  CHECK(says(project.bad_unit("crash.cpp", "crashed"), "crash"));
}

TEST_CASE("empty files are units without records") {
  const ScratchFolder folder;
  folder.write("empty.cpp", "");
  folder.write("empty.c", "");
  folder.write_database({"empty.cpp", "empty.c"}, {});
  const ProgramResult result = run_program({SNUG_PROGRAM, "check", "-p", folder.path()});
  CAPTURE(result.err);
  CHECK(result.exit_status == 0);
  CHECK(result.out.empty());
  CHECK(result.err.find("0 records in 2 units") != std::string::npos);
}

TEST_CASE("names that are no UTF-8 are percent-encoded in JSON and escaped in text") {
  const Project project;
  const std::string name = "caf\xe9.cpp";
  project.write(name, "struct Tea { char a; double b; char c; } tea[64];\n");
  const ProgramResult text = project.snug({"check", name, "--", "-std=c++20"});
  CAPTURE(text.err);
  CHECK(text.exit_status == 1);
  CHECK(text.out.find("caf\\xe9.cpp:1:8: warning:") != std::string::npos);
  const ProgramResult report = project.snug({"check", name, "--format", "json", "--"});
  CHECK(report.exit_status == 1);
  CHECK(json::parse(report.out).at("findings").at(0).at("location").at("file") == "caf%E9.cpp");
}

TEST_CASE("links in circles end with a message") {
  const Project project;
  fs::create_symlink("loop", project.path("loop"));
  fs::create_directory(project.path("sub"));
  fs::create_directory_symlink("..", project.path("sub/up"));
  const ProgramResult database = project.snug({"check", "-p", "loop"});
  CHECK(database.exit_status == 2);
  CHECK(database.err.find("loop") != std::string::npos);
  const ProgramResult file = project.snug({"check", "loop", "--"});
  CHECK(file.exit_status == 2);
  CHECK(file.err.find("loop") != std::string::npos);
  CHECK(project.snug({"check", "sub/up/sub/up/good.cpp"}).exit_status == 1);
  project.write("a.cpp", "#include \"loop.hpp\"\n");
  fs::create_symlink("loop.hpp", project.path("loop.hpp"));
  project.write_database({"good.cpp", "a.cpp"});
  CHECK(says(project.bad_unit("a.cpp", "failed"), "loop.hpp"));
}

TEST_CASE("a project in a read-only folder is read, a report into it is refused") {
  const Project project;
  // Permissions mean nothing to root: there the program runs as nobody.
  Words command;
  if (::geteuid() == 0) {
    command = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};
  }
  command.emplace_back(SNUG_PROGRAM);
  const auto snug_with = [&](const Words& words) {
    Words all = command;
    all.insert(all.end(), words.begin(), words.end());
    return project.run(all);
  };
  fs::permissions(project.path(), fs::perms(0555));
  if (snug_with({"--version"}).exit_status != 0) {
    WARN("the program cannot be run without root's rights here");
  } else {
    CHECK(snug_with({"check"}).exit_status == 1);
    const ProgramResult refused = snug_with({"check", "-o", "report.txt"});
    CAPTURE(refused.err);
    CHECK(refused.exit_status == 2);
    CHECK(refused.err.find("report.txt") != std::string::npos);
    CHECK(refused.err.find("Permission denied") != std::string::npos);
    fs::permissions(project.path("good.cpp"), fs::perms(0));
    const ProgramResult unreadable = snug_with({"check"});
    CAPTURE(unreadable.err);
    CHECK(unreadable.exit_status == 2);
    CHECK(unreadable.err.find("good.cpp") != std::string::npos);
  }
  fs::permissions(project.path(), fs::perms(0755));
}
