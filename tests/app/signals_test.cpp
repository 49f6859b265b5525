// A signal at any moment: the status says which it was, nothing is left over, every file is whole.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <thread>

#include "support/program.hpp"

using namespace snug;
using namespace snug::test;
using Words = std::vector<std::string>;

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int files = 12;

std::string text_of(int number, bool fixed) {
  const std::string name = "Order" + std::to_string(number);
  return "#include <cstdint>\nstruct " + name +
         (fixed ? " {\n  bool live;\n  bool hidden;\n  double price;\n};\n"
                : " {\n  bool live;\n  double price;\n  bool hidden;\n};\n") +
         name + " order" + std::to_string(number) + "[64];\n";
}

struct Project : ScratchFolder {
  Project() {
    Words names;
    for (int i = 0; i < files; ++i) {
      names.push_back("u" + std::to_string(i) + ".cpp");
      write(names.back(), text_of(i, false));
    }
    write("tmp/keep", "");
    write(".snug.toml", "");
    write_database(names);
  }

  void reset() const {
    for (int i = 0; i < files; ++i) write("u" + std::to_string(i) + ".cpp", text_of(i, false));
  }

  /// What stands in the folder apart from what was put there.
  [[nodiscard]] std::set<std::string> surplus() const {
    std::set<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(path())) {
      const std::string name = entry.path().filename().string();
      const bool own = name == "tmp" || name == "keep" || name == ".snug.toml" ||
                       name == "compile_commands.json" || name == "slow" ||
                       (name.starts_with("u") && name.ends_with(".cpp"));
      if (!own) found.insert(name);
    }
    return found;
  }

  [[nodiscard]] int changed_files() const {
    int changed = 0;
    for (int i = 0; i < files; ++i) {
      const std::string text = read("u" + std::to_string(i) + ".cpp");
      const bool old = text == text_of(i, false);
      CHECK((old || text == text_of(i, true)));
      changed += old ? 0 : 1;
    }
    return changed;
  }

  /// Processes other than this one whose command line or folder is in the folder.
  [[nodiscard]] int processes() const {
    int count = 0;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator("/proc", error)) {
      if (entry.path().filename() == std::to_string(::getpid())) continue;
      std::ifstream file(entry.path() / "cmdline", std::ios::binary);
      const std::string line((std::istreambuf_iterator<char>(file)), {});
      count += line.find(path()) != std::string::npos ? 1 : 0;
    }
    return count;
  }
};

struct End {
  int status = 0;  ///< As a shell tells it.
  std::chrono::microseconds time{0};
};

/// Runs the program and sends it the signal after a while; 0: none. It starts with the signal's own
/// disposition, whatever the tests were started with (nohup ignores SIGHUP), or ignores it.
End run(const Project& project, Words words, int signal, std::chrono::microseconds after,
        void (*disposition)(int) = SIG_DFL) {
  words.insert(words.begin(), SNUG_PROGRAM);
  const auto start = Clock::now();
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    if (signal != 0) ::signal(signal, disposition);
    ::setenv("TMPDIR", project.path("tmp").c_str(), 1);
    if (::chdir(project.path().c_str()) != 0) ::_exit(99);
    const std::string nowhere = "/dev/null";
    if (std::freopen(nowhere.c_str(), "w", stdout) == nullptr) ::_exit(99);
    if (std::freopen(nowhere.c_str(), "w", stderr) == nullptr) ::_exit(99);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execv(SNUG_PROGRAM, arguments.data());
    ::_exit(99);
  }
  if (signal != 0) {
    std::this_thread::sleep_for(after);
    ::kill(child, signal);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  const auto time = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
  return {WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status), time};
}

/// A few rounds as a rule; SNUG_SIGNAL_ROUNDS asks for more.
int rounds() {
  const char* asked = std::getenv("SNUG_SIGNAL_ROUNDS");
  return asked == nullptr ? 5 : std::atoi(asked);
}

}  // namespace

TEST_CASE("a signal at any moment leaves nothing behind") {
  const int signal = GENERATE(SIGINT, SIGTERM, SIGHUP);
  const Words words = GENERATE(Words{"check", "-j", "2"}, Words{"fix", "-j", "2"});
  const Project project;
  const End whole = run(project, words, 0, {});
  REQUIRE(whole.status <= 1);
  REQUIRE(project.changed_files() == (words.front() == "fix" ? files : 0));
  std::mt19937 random(static_cast<unsigned>(signal));
  int cut = 0;
  for (int round = 0; round < rounds(); ++round) {
    project.reset();
    // The start of a process, before its first instruction, is not ours.
    const std::chrono::microseconds after(
        3000 + random() % static_cast<unsigned>(std::max<long>(1, whole.time.count())));
    const End end = run(project, words, signal, after);
    INFO(words.front() << ", signal " << signal << " after " << after.count() << " us");
    CHECK((end.status == 128 + signal || end.status == whole.status));
    cut += end.status == 128 + signal ? 1 : 0;
    CHECK(project.surplus() == std::set<std::string>{});
    const int changed = project.changed_files();
    CHECK((changed == 0 || changed == files));
    CHECK(project.processes() == 0);
  }
  CHECK(cut > 0);
}

TEST_CASE("a compiler that is asked for its folders ends with the program that asks") {
  const int signal = GENERATE(SIGINT, SIGTERM);
  const Project project;
  const std::string slow = project.write("slow", "#!/bin/sh\nsleep 30 & wait\n");
  fs::permissions(slow, fs::perms::owner_all);
  std::string database = "[";
  database += "{\"directory\":\"" + project.path() + "\",\"file\":\"u0.cpp\",\"arguments\":[\"" +
              slow + "\",\"-c\",\"u0.cpp\"]}]";
  project.write("compile_commands.json", database);
  const End end =
      run(project, {"check", "--query-driver=" + slow}, signal, std::chrono::milliseconds(700));
  CHECK(end.status == 128 + signal);
  CHECK(end.time < std::chrono::seconds(8));
  CHECK(project.processes() == 0);
}

TEST_CASE("a signal that the program was started to ignore is ignored") {
  const Project project;
  const End end = run(project, {"check"}, SIGHUP, std::chrono::milliseconds(150), SIG_IGN);
  CHECK(end.status == 1);
}
