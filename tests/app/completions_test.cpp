// Completion scripts, run by the shells that they are for.
#include "app/help/completions.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <sstream>

#include "app/commands.hpp"
#include "base/error.hpp"
#include "report/formats/formats.hpp"
#include "support/program.hpp"

using namespace snug;
using namespace snug::test;
using Words = std::vector<std::string>;

namespace {

std::set<std::string> words_of(const std::string& text) {
  std::set<std::string> words;
  std::istringstream in(text);
  for (std::string word; std::getline(in, word);) {
    if (!word.empty()) words.insert(word);
  }
  return words;
}

/// A folder with some files, and the script for each shell.
struct Shells : ScratchFolder {
  Shells() {
    for (const std::string shell : {"bash", "zsh", "fish"}) {
      write("snug." + shell, completions(shell));
    }
    write("order.hpp", "");
    write("build/x", "");
  }

  [[nodiscard]] std::string run(const std::string& shell, const Words& words) const {
    Words command = {shell};
    command.insert(command.end(), words.begin(), words.end());
    ProgramOptions options;
    options.directory = path();
    options.timeout = std::chrono::seconds(60);
    const ProgramResult result = run_program(command, options);
    INFO(result.err);
    CHECK(result.exit_status == 0);
    CHECK(result.err.empty());
    return result.out;
  }

  /// What bash offers for the last of the words, as the function that TAB calls puts it.
  [[nodiscard]] std::set<std::string> bash(const Words& words) const {
    std::string line = "source ./snug.bash; COMP_WORDS=(";
    for (const std::string& word : words) line += "'" + word + "' ";
    line += ") COMP_CWORD=" + std::to_string(words.size() - 1) +
            "; _snug; printf '%s\\n' \"${COMPREPLY[@]}\"";
    return words_of(run("bash", {"--norc", "--noprofile", "-c", line}));
  }

  /// What fish offers at the end of a command line, without descriptions.
  [[nodiscard]] std::set<std::string> fish(const std::string& line) const {
    const std::string out = run(
        "fish", {"--no-config", "-c",
                 "source ./snug.fish; complete -C '" + line + "' | string replace -r '\\t.*' ''"});
    return words_of(out);
  }
};

bool missing(const std::string& shell) {
  if (find_program(shell).empty()) {
    WARN(shell << " is not installed (Debian: " << shell << ")");
    return true;
  }
  return false;
}

}  // namespace

TEST_CASE("bash completes commands, options, words, folders, files and checks") {
  const Shells shells;
  CHECK(shells.bash({"snug", "che"}) == std::set<std::string>{"check"});
  CHECK(shells.bash({"snug", ""}).contains("explain"));
  CHECK(shells.bash({"snug", "check", "--form"}) == std::set<std::string>{"--format"});
  CHECK(shells.bash({"snug", "check", "--format", "s"}) == std::set<std::string>{"sarif"});
  CHECK(shells.bash({"snug", "check", "--format", "=", "ma"}) == std::set<std::string>{"markdown"});
  CHECK(shells.bash({"snug", "check", "--format", "="}).size() == report_formats().size());
  CHECK(shells.bash({"snug", "list", "--format", ""}) == std::set<std::string>{"json", "text"});
  CHECK(shells.bash({"snug", "list", "--sort", "pa"}) == std::set<std::string>{"padding"});
  CHECK(shells.bash({"snug", "check", "-p", ""}) == std::set<std::string>{"build"});
  CHECK(shells.bash({"snug", "check", "ord"}) == std::set<std::string>{"order.hpp"});
  CHECK(shells.bash({"snug", "check", "--checks", "padd"}) == std::set<std::string>{"padding"});
  CHECK(shells.bash({"snug", "check", "--checks", "padding,-odr"}) ==
        std::set<std::string>{"padding,-odr-layout"});
  CHECK(shells.bash({"snug", "check", "-j", ""}).empty());
  CHECK(shells.bash({"snug", "check", "order.hpp", "--", "-p", "ord"}) ==
        std::set<std::string>{"order.hpp"});
  CHECK(shells.bash({"snug", "explain", "line"}) == std::set<std::string>{"line-straddle"});
  CHECK(shells.bash({"snug", "help", "sc"}) == std::set<std::string>{"scan"});
}

TEST_CASE("bash offers every option of every command") {
  const Shells shells;
  for (const Command& command : all_commands()) {
    const std::set<std::string> offered = shells.bash({"snug", std::string(command.name), "-"});
    for (const OptionSpec& spec : option_table()) {
      if ((spec.commands & command.bit) != 0) {
        const std::string name(spec.names.substr(spec.names.rfind(',') + 1));
        INFO(command.name << " " << name);
        CHECK(offered.contains(name));
      }
    }
  }
}

TEST_CASE("the words that are offered are those that are taken") {
  for (const OptionSpec& spec : option_table()) {
    INFO(spec.names);
    Options options;
    std::string told;
    try {
      if (!spec.value.empty()) spec.set(options, "\n");
    } catch (const Error& error) {
      told = error.what();
    }
    const std::string_view one_of = "it is one of ";
    const std::size_t at = told.find(one_of);
    std::string expected;
    if (at != std::string::npos) {
      for (const char c : told.substr(at + one_of.size())) {
        if (c == '(' || c == ';') break;
        expected += c == ',' ? std::string() : std::string(1, c);
      }
    }
    CHECK(spec.words == expected);
  }
}

TEST_CASE("zsh reads its script and finds no fault") {
  if (missing("zsh")) return;
  const Shells shells;
  (void)shells.run("zsh", {"-f", "-n", "snug.zsh"});
  // Loaded as compinit loads it; the specs are taken apart when the function runs under TAB.
  const std::string loaded =
      shells.run("zsh", {"-f", "-c",
                         "autoload -Uz compinit && compinit -u -D && source ./snug.zsh && "
                         "print -r -- ${_comps[snug]} ${+functions[_snug]}"});
  CHECK(loaded == "_snug 1\n");
}

TEST_CASE("zsh completes under TAB") {
  if (missing("zsh")) return;
  const Shells shells;
  // A shell on a pseudo-terminal; `list` keeps what was offered on the screen.
  shells.write(
      "drive.zsh",
      "zmodload zsh/zpty\n"
      "zpty -b shell zsh -f -i\n"
      "zpty -w shell 'autoload -Uz compinit; compinit -u -D; source ./snug.zsh; PS1=\"> \"; "
      "bindkey \"^I\" complete-word; unsetopt beep; print READY'\n"
      "ask() {\n"
      "  local out='' part='' i\n"
      "  zpty -n -w shell \"$1\"$'\\t'\n"
      "  for i in {1..100}; do\n"
      "    sleep 0.05\n"
      "    while zpty -r -t shell part; do out+=$part; done\n"
      "    [[ $out == *$2* ]] && break\n"
      "  done\n"
      "  [[ $out == *$2* ]] && print \"ok $2\" || print -r \"missing $2: ${(q)out}\"\n"
      "  zpty -n -w shell $'\\C-u'\n"
      "}\n"
      "sleep 0.5\n"
      "ask 'snug expl' 'snug explain'\n"
      "ask 'snug check --format sar' 'sarif'\n"
      "ask 'snug list --so' 'list --sort'\n"
      "ask 'snug explain line-str' 'line-straddle'\n"
      "zpty -d shell\n");
  const ProgramResult result = [&] {
    ProgramOptions options;
    options.directory = shells.path();
    options.timeout = std::chrono::seconds(60);
    return run_program({"zsh", "-f", "drive.zsh"}, options);
  }();
  INFO(result.out << result.err);
  CHECK(words_of(result.out) ==
        std::set<std::string>{"ok snug explain", "ok sarif", "ok list --sort", "ok line-straddle"});
}

TEST_CASE("fish completes commands, options, words and checks") {
  if (missing("fish")) return;
  const Shells shells;
  (void)shells.run("fish", {"--no-execute", "snug.fish"});
  CHECK(shells.fish("snug expl") == std::set<std::string>{"explain"});
  CHECK(shells.fish("snug check --form") == std::set<std::string>{"--format"});
  CHECK(shells.fish("snug check --format s") == std::set<std::string>{"sarif"});
  CHECK(shells.fish("snug list --format ") == std::set<std::string>{"json", "text"});
  CHECK(shells.fish("snug check -p bu") == std::set<std::string>{"build/"});
  CHECK(shells.fish("snug check --checks padd").contains("padding"));
  CHECK(shells.fish("snug check --checks padding,odr").contains("padding,odr-layout"));
}

TEST_CASE("other shells are an error with a hint") {
  CHECK_THROWS_WITH(completions("fihs"), Catch::Contains("did you mean 'fish'?"));
  CHECK_THROWS_WITH(completions(""), Catch::Contains("needs bash, zsh or fish"));
}
