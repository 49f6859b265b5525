#include "app/help/help.hpp"
#include "app/help/check_examples.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <ostream>
#include <string>

#include "app/help/check_examples.hpp"
#include "app/help/prose.hpp"

namespace snug {
namespace {

constexpr std::size_t help_width = 80;

/// "-p, --build DIR"
std::string option_head(const OptionSpec& spec) {
  std::string head;
  for (const char c : spec.names) {
    head += c;
    head += c == ',' ? " " : "";
  }
  return spec.value.empty() ? head : fmt::format("{} {}", head, spec.value);
}

void print_options(const Command& command, std::ostream& out) {
  out << "\nOptions:\n";
  for (const OptionSpec& spec : option_table()) {
    if ((spec.commands & command.bit) != 0) {
      fmt::print(out, "  {}\n{}", option_head(spec), wrapped(spec.text, 6, help_width));
    }
  }
}

void print_examples(const Command& command, std::ostream& out) {
  out << "\nExamples:\n";
  for (const Example& example : command.examples) {
    fmt::print(out, "  {}\n{}", example.command, wrapped(example.text, 6, help_width));
  }
}

}  // namespace

const std::string_view exit_status_text =
    "0: nothing at or above the level of --fail-on. 1: findings. 2: the job could not be done: "
    "wrong usage, unreadable input, or a unit that could not be analysed (unless --keep-going; an "
    "empty database, or a run in which every unit failed, is 2 even so). 128 + the signal: ended "
    "by one, 130 for "
    "Ctrl-C. Every "
    "unit that failed is named with its reason, and what could be analysed is still reported.";

void print_overview(std::ostream& out) {
  out << "snug finds the memory that C++ types waste, and proves each fix with the compiler.\n\n"
         "Usage: snug COMMAND ...\n\n";
  for (const Command& command : all_commands()) {
    fmt::print(out, "  {:<9}{}\n", command.name, command.summary);
  }
  out << "\n'snug help COMMAND' shows more; 'snug --version' names this version and its libclang;\n"
         "'snug --completions SHELL' prints completions for bash, zsh or fish.\n";
}

void print_help(const Command& command, std::ostream& out) {
  fmt::print(out, "Usage: snug {} {}\n\n{}", command.name, command.usage,
             plain_text(command.description, 0, help_width));
  print_options(command, out);
  print_examples(command, out);
  fmt::print(out, "\nExit status:\n{}", wrapped(exit_status_text, 2, help_width));
}

void print_help(const Check& check, std::ostream& out) {
  fmt::print(out, "{}: {}\n\n{}", check.id, check.summary, plain_text(check.doc, 0, help_width));
  if (!check.options.empty()) {
    out << "\nOptions:\n";
  }
  for (const CheckOption& option : check.options) {
    fmt::print(out, "  --option {}.{}=N (default: {})\n{}", check.id, option.name,
               option.default_value, wrapped(option.summary, 6, help_width));
  }
  if (const std::string_view program = check_example(check.id); !program.empty()) {
    fmt::print(out, "\nExample, with the recommended type:\n\n{}\nIn CMakeLists.txt:\n\n{}",
               indented_lines(program, 4), indented_lines(check_example_cmake(), 4));
  }
}

void print_checks(std::ostream& out) {
  std::size_t longest = 0;
  for (const Check* check : all_checks()) {
    longest = std::max(longest, check->id.size());
  }
  for (const Check* check : all_checks()) {
    fmt::print(out, "{:<{}}  {}\n", check->id, longest, check->summary);
  }
}

}  // namespace snug
