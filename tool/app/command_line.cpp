#include "app/command_line.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ostream>

#include "app/help/completions.hpp"
#include "app/help/help.hpp"
#include "base/error.hpp"
#include "base/spelling.hpp"
#include "session/version.hpp"

namespace snug {
namespace {

using CommandWords = std::vector<std::string>;

std::vector<std::string> names_of(const OptionSpec& spec) {
  return CLI::detail::split(std::string(spec.names), ',');
}

void add_option(CLI::App& parser, const OptionSpec& spec, Options& options) {
  if (spec.value.empty()) {
    parser.add_flag_callback(std::string(spec.names), [&] { spec.set(options, ""); });
    return;
  }
  parser
      .add_option_function<CommandWords>(std::string(spec.names),
                                         [&](const CommandWords& values) {
                                           for (const std::string& value : values) {
                                             spec.set(options, value);
                                           }
                                         })
      ->allow_extra_args(false);
}

[[noreturn]] void unknown_option(const Command& command, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string> here, elsewhere;
  for (const OptionSpec& spec : option_table()) {
    for (const std::string& known : names_of(spec)) {
      ((spec.commands & command.bit) != 0 ? here : elsewhere).push_back(known);
    }
  }
  if (std::find(elsewhere.begin(), elsewhere.end(), name) != elsewhere.end()) {
    throw Error(fmt::format("'snug {}' does not take {} (see 'snug {} --help')", command.name, name,
                            command.name));
  }
  throw Error(fmt::format("unknown option {}{} (see 'snug {} --help')", name,
                          did_you_mean(name, here), command.name));
}

/// Words that are no option and follow none; an unknown option among them is an error.
CommandWords positional(const Command& command, const CLI::App& parser) {
  CommandWords words = parser.remaining();
  for (const std::string& word : words) {
    if (word.size() > 1 && word.front() == '-') {
      unknown_option(command, word);
    }
  }
  return words;
}

void print_version(std::ostream& out) {
  const ToolInfo tool = tool_info();
  fmt::print(out, "snug {} (libclang {})\n", tool.version, tool.libclang);
}

ExitStatus run_help(const CommandWords& words, Console& console) {
  if (words.empty()) {
    print_overview(console.out);
  } else {
    print_help(find_command(words.front()), console.out);
  }
  return ExitStatus::Ok;
}

/// Words of another program: only what stands before its name is ours.
Options parse_program(const CommandWords& words, Options options) {
  const bool help = !words.empty() && (words.front() == "--help" || words.front() == "-h");
  const bool dashes = !words.empty() && words.front() == "--";
  options.help = help;
  options.arguments.assign(words.begin() + (dashes ? 1 : 0), words.end());
  if (!help && !options.arguments.empty() && !dashes && words.front().starts_with('-')) {
    throw Error(
        fmt::format("'snug cc' takes a compiler, not {} (see 'snug cc --help')", words.front()));
  }
  return options;
}

}  // namespace

Options parse_options(const Command& command, CommandWords words) {
  Options options;
  options.command = command.name;
  if (command.bit == on_cc) return parse_program(words, std::move(options));
  const auto dashes = std::find(words.begin(), words.end(), "--");
  if (dashes != words.end()) {
    options.project.flags = CommandWords(dashes + 1, words.end());
    words.erase(dashes, words.end());
  }
  CLI::App parser;
  parser.set_help_flag();
  parser.allow_extras();
  for (const OptionSpec& spec : option_table()) {
    if ((spec.commands & command.bit) != 0) {
      add_option(parser, spec, options);
    }
  }
  std::reverse(words.begin(), words.end());  // CLI11 takes the words from the back
  try {
    parser.parse(words);
  } catch (const CLI::ParseError& error) {
    throw Error(fmt::format("{} (see 'snug {} --help')", error.what(), command.name));
  }
  options.arguments = positional(command, parser);
  return options;
}

ExitStatus run(const CommandWords& words, Console& console) {
  if (words.empty()) {
    print_overview(console.err);
    return ExitStatus::Failed;
  }
  const std::string& first = words.front();
  const CommandWords rest(words.begin() + 1, words.end());
  if (first == "--version" || first == "-V" || first == "version") {
    print_version(console.out);
    return ExitStatus::Ok;
  }
  if (first == "--completions") {
    console.out << completions(rest.empty() ? "" : rest.front());
    return ExitStatus::Ok;
  }
  if (first == "--help" || first == "-h" || first == "help") {
    return run_help(rest, console);
  }
  if (first.front() == '-') {
    throw Error(
        fmt::format("a command comes before the option {} ('snug help' names them)", first));
  }
  const Command& command = find_command(first);
  const Options options = parse_options(command, rest);
  if (options.help) {
    print_help(command, console.out);
    return ExitStatus::Ok;
  }
  return command.run(options, console);
}

}  // namespace snug
