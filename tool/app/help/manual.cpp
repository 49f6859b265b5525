#include "app/help/manual.hpp"

#include <fmt/format.h>

#include "app/help/check_examples.hpp"
#include "app/help/help.hpp"
#include "app/help/known_text.hpp"
#include "app/help/manual_text.hpp"
#include "app/help/prose.hpp"

namespace snug {
namespace {

/// Day of the last change of the manual's wording.
constexpr std::string_view manual_date = "2026-11-22";

std::string head(const std::string& name, int section, std::string_view summary) {
  std::string upper = name;
  for (char& c : upper) {
    c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return fmt::format(".TH {} {} {} \"snug {}\" \"snug manual\"\n.SH NAME\n{} \\- {}\n", upper,
                     section, manual_date, SNUG_VERSION, roff_escaped(name), roff_escaped(summary));
}

std::string section(std::string_view title, std::string_view roff) {
  return fmt::format(".SH {}\n{}", title, roff);
}

/// A term in bold with its text below it.
std::string item(std::string_view term, std::string_view text) {
  return fmt::format(".TP\n.B {}\n{}", roff_escaped(term), roff_text(text));
}

/// With a capital letter at the start.
std::string sentence(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out.front() >= 'a' && out.front() <= 'z') {
    out.front() = static_cast<char>(out.front() - 'a' + 'A');
  }
  return out;
}

std::string option_term(const OptionSpec& spec) {
  std::string term;
  for (const char c : spec.names) {
    term += c;
    term += c == ',' ? " " : "";
  }
  return spec.value.empty() ? term : fmt::format("{} {}", term, spec.value);
}

std::string options_of(const Command& command) {
  std::string out;
  for (const OptionSpec& spec : option_table()) {
    if ((spec.commands & command.bit) != 0) {
      out += item(option_term(spec), spec.text);
    }
  }
  return out;
}

std::string examples_of(const Command& command) {
  std::string out;
  for (const Example& example : command.examples) {
    out += item(example.command, example.text);
  }
  return out;
}

std::string references(bool from_overview) {
  std::string out;
  const auto add = [&](std::string_view name, int number) {
    out += fmt::format("{}.BR {} ({})", out.empty() ? "" : " ,\n", roff_escaped(name), number);
  };
  if (!from_overview) {
    add("snug", 1);
  }
  for (const Command& command : all_commands()) {
    add(fmt::format("snug-{}", command.name), 1);
  }
  for (const Check* check : all_checks()) {
    add(fmt::format("snug-{}", check->id), 7);
  }
  return out + "\n";
}

std::string list_of_commands() {
  std::string out;
  for (const Command& command : all_commands()) {
    out += item(fmt::format("snug {} {}", command.name, command.usage), command.summary);
  }
  return out;
}

std::string list_of_checks() {
  std::string out;
  for (const Check* check : all_checks()) {
    out += item(check->id, check->summary);
  }
  return out;
}

}  // namespace

std::string overview_page() {
  return head("snug", 1, "find the memory that C++ types waste, and prove the fix") +
         section("SYNOPSIS", ".B snug\n.I COMMAND\n\\&...\n") +
         section("DESCRIPTION", roff_text(overview_text)) +
         section("COMMANDS", list_of_commands()) + section("CHECKS", list_of_checks()) +
         section("MESSAGES", roff_text(messages_text)) +
         section("FORMATS", roff_text(formats_text)) +
         section("JSON REPORT", roff_text(json_text)) +
         section("EXIT STATUS", roff_text(exit_status_text)) +
         section("ENVIRONMENT", item("NO_COLOR",
                                     "When set and not empty, no colours unless "
                                     "--color always asks for them.")) +
         section("FILES", item("compile_commands.json",
                               "The compile database, as CMake and other build systems write it.") +
                              item(".snug.toml", configuration_text)) +
         section("OWN TYPES AND FUNCTIONS", roff_text(known_text())) +
         section("SEE ALSO", references(true));
}

std::string manual_page(const Command& command) {
  const std::string name = fmt::format("snug-{}", command.name);
  return head(name, 1, command.summary) +
         section("SYNOPSIS",
                 fmt::format(".B snug {}\n{}\n", command.name, roff_escaped(command.usage))) +
         section("DESCRIPTION", roff_text(command.description)) +
         section("OPTIONS", options_of(command)) +
         section("EXIT STATUS", roff_text(exit_status_text)) +
         section("EXAMPLES", examples_of(command)) + section("SEE ALSO", references(false));
}

std::string manual_page(const Check& check) {
  const std::string_view program = check_example(check.id);
  const std::string example =
      program.empty()
          ? ""
          : section("EXAMPLE",
                    fmt::format("With the recommended type:\n.PP\n.EX\n{}.EE\n"
                                ".PP\nIn CMakeLists.txt:\n.PP\n.EX\n{}.EE\n",
                                roff_escaped(program), roff_escaped(check_example_cmake())));
  const std::string name = fmt::format("snug-{}", check.id);
  std::string options;
  for (const CheckOption& option : check.options) {
    options +=
        item(fmt::format("--option {}.{}=N", check.id, option.name),
             fmt::format("{}. Default: {}.", sentence(option.summary), option.default_value));
  }
  return head(name, 7, check.summary) + section("DESCRIPTION", roff_text(check.doc)) +
         (options.empty() ? "" : section("OPTIONS", options)) + example +
         section("SEE ALSO", references(false));
}

std::vector<ManualFile> manual() {
  std::vector<ManualFile> files = {{"snug.1", overview_page()}};
  for (const Command& command : all_commands()) {
    files.push_back({fmt::format("snug-{}.1", command.name), manual_page(command)});
  }
  for (const Check* check : all_checks()) {
    files.push_back({fmt::format("snug-{}.7", check->id), manual_page(*check)});
  }
  return files;
}

}  // namespace snug
