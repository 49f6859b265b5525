#include "app/help/completions.hpp"

#include <fmt/format.h>

#include <sstream>
#include <vector>

#include "analysis/check.hpp"
#include "app/commands.hpp"
#include "base/error.hpp"
#include "base/spelling.hpp"

namespace snug {
namespace {

/// What may stand behind an option or as an argument.
enum class Values { None, Any, Words, Folders, Files, Checks };

Values values_of(const OptionSpec& spec) {
  if (spec.value.empty()) return Values::None;
  if (!spec.words.empty()) return Values::Words;
  if (spec.value == "DIR") return Values::Folders;
  if (spec.value == "FILE") return Values::Files;
  if (spec.value == "LIST") return Values::Checks;
  return Values::Any;
}

std::vector<std::string> words_of(const OptionSpec& spec) {
  std::vector<std::string> names;
  std::istringstream in{std::string(spec.names)};
  for (std::string name; std::getline(in, name, ',');) {
    names.push_back(name);
  }
  return names;
}

std::vector<const OptionSpec*> options_taken_by(const Command& command) {
  std::vector<const OptionSpec*> options;
  for (const OptionSpec& spec : option_table()) {
    if ((spec.commands & command.bit) != 0) {
      options.push_back(&spec);
    }
  }
  return options;
}

std::string command_names() {
  std::string names;
  for (const Command& command : all_commands()) {
    names += fmt::format("{}{}", names.empty() ? "" : " ", command.name);
  }
  return names;
}

std::string check_names() {
  std::string names;
  for (const Check* check : all_checks()) {
    names += fmt::format("{}{}", names.empty() ? "" : " ", check->id);
  }
  return names;
}

/// The first sentence, without its full stop.
std::string first_sentence(std::string_view text) {
  std::size_t end = text.find(". ");
  if (end == std::string_view::npos) {
    end = text.size() - (text.ends_with('.') ? 1 : 0);
  }
  return std::string(text.substr(0, end));
}

/// In single quotes, as bash and zsh read them.
std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return out + "'";
}

// ----- bash

std::string_view bash_kind(Values values) {
  switch (values) {
    case Values::Folders:
      return "folders";
    case Values::Files:
      return "files";
    case Values::Checks:
      return "checks";
    default:
      return "none";
  }
}

std::string bash_command(const Command& command) {
  std::string cases, options;
  for (const OptionSpec* spec : options_taken_by(command)) {
    const std::vector<std::string> names = words_of(*spec);
    for (const std::string& name : names) {
      options += fmt::format("{}{}", options.empty() ? "" : " ", name);
    }
    const Values values = values_of(*spec);
    if (values == Values::Words) {
      cases += fmt::format("        {}) kind=words words={} ;;\n", fmt::join(names, "|"),
                           shell_quoted(spec->words));
    } else if (values != Values::None) {
      cases += fmt::format("        {}) kind={} ;;\n", fmt::join(names, "|"), bash_kind(values));
    }
  }
  const bool topics = command.bit == on_explain;
  return fmt::format(
      "    {})\n"
      "      options={}\n"
      "      case $prev in\n{}"
      "      esac\n{}      ;;\n",
      command.name, shell_quoted(options), cases,
      topics
          ? fmt::format("      arguments={}\n", shell_quoted(check_names() + " " + command_names()))
          : "");
}

std::string bash_script() {
  std::string commands;
  for (const Command& command : all_commands()) {
    commands += bash_command(command);
  }
  return fmt::format(
      R"snug(# Completion of snug for bash. Made by 'snug --completions bash'.

_snug() {{
  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD - 1]}}
  local kind='' words='' options='' arguments='' lead='' i
  COMPREPLY=()
  # bash cuts --option=value at the equals sign.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev=${{COMP_WORDS[COMP_CWORD - 2]}}
  fi
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W {} -- "$cur")
    return
  fi
  # Behind -- stand flags of the compiler.
  for ((i = 2; i < COMP_CWORD; ++i)); do
    if [[ ${{COMP_WORDS[i]}} == -- ]]; then
      compopt -o filenames 2> /dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$cur")
      return
    fi
  done
  case ${{COMP_WORDS[1]}} in
{}    help) arguments={} ;;
    --completions) arguments='bash zsh fish' ;;
  esac
  if [[ -z $kind && $cur == -* ]]; then
    kind=words words=$options
  elif [[ -z $kind && -n $arguments ]]; then
    kind=words words=$arguments
  fi
  case ${{kind:-files}} in
    words) mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur") ;;
    folders)
      compopt -o filenames 2> /dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$cur")
      ;;
    files)
      compopt -o filenames 2> /dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$cur")
      ;;
    checks) # names behind commas, each with a + or - in front
      lead=${{cur%"${{cur##*,}}"}}
      cur=${{cur##*,}}
      if [[ $cur == [-+]* ]]; then
        lead+=${{cur:0:1}}
        cur=${{cur:1}}
      fi
      mapfile -t COMPREPLY < <(compgen -P "$lead" -W {} -- "$cur")
      compopt -o nospace 2> /dev/null
      ;;
  esac
}}

complete -F _snug snug
)snug",
      shell_quoted(command_names() + " help --version --help --completions"), commands,
      shell_quoted(command_names()), shell_quoted(check_names()));
}

// ----- zsh

/// Text inside the brackets of an argument of _arguments, inside single quotes.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') {
      out += '\\';
    }
    out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return out;
}

std::string zsh_action(const OptionSpec& spec) {
  switch (values_of(spec)) {
    case Values::Words:
      return fmt::format("({})", spec.words);
    case Values::Folders:
      return "_files -/";
    case Values::Files:
      return "_files";
    case Values::Checks:
      return fmt::format("_values -s , check {}", check_names());
    default:
      return "";
  }
}

/// One argument of _arguments for an option with all of its names. All may be repeated: the last
/// one counts, or each adds something.
std::string zsh_option(const OptionSpec& spec) {
  const std::vector<std::string> names = words_of(spec);
  const std::string text = fmt::format(
      "[{}]{}", zsh_text(first_sentence(spec.text)),
      spec.value.empty() ? "" : fmt::format(":{}:{}", zsh_text(spec.value), zsh_action(spec)));
  std::string out;
  for (const std::string& name : names) {
    const std::string_view joined = spec.value.empty() ? "" : name.starts_with("--") ? "=" : "+";
    out += fmt::format("        '*{}{}{}' \\\n", name, joined, text);
  }
  return out;
}

std::string zsh_script() {
  std::string described, commands;
  for (const Command& command : all_commands()) {
    described += fmt::format("    '{}:{}'\n", command.name, zsh_text(command.summary));
    std::string options;
    for (const OptionSpec* spec : options_taken_by(command)) {
      options += zsh_option(*spec);
    }
    const std::string arguments =
        command.bit == on_explain ? fmt::format("'*:topic:({} {})'", check_names(), command_names())
                                  : "'*:file:_files'";
    commands += fmt::format("    {})\n      _arguments -S \\\n{}        {}\n      ;;\n",
                            command.name, options, arguments);
  }
  return fmt::format(
      R"snug(#compdef snug
# Completion of snug for zsh. Made by 'snug --completions zsh'.

_snug() {{
  local -a commands
  commands=(
{}    'help:explain a command'
    '--version:name this version and its libclang'
    '--completions:print completions for a shell'
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
{}    help)
      _arguments '*:command:({})'
      ;;
    --completions)
      _arguments '*:shell:(bash zsh fish)'
      ;;
  esac
}}

if [[ $funcstack[1] == _snug ]]; then
  _snug "$@"
elif (( $+functions[compdef] )); then
  compdef _snug snug
fi
)snug",
      described, commands, command_names());
}

// ----- fish

std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    out += c == '\'' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
  }
  return out + "'";
}

std::string fish_option(const Command& command, const OptionSpec& spec) {
  std::string line =
      fmt::format("complete -c snug -n '__fish_seen_subcommand_from {}'", command.name);
  for (const std::string& name : words_of(spec)) {
    line += name.starts_with("--") ? fmt::format(" -l {}", name.substr(2))
                                   : fmt::format(" -s {}", name.substr(1));
  }
  switch (values_of(spec)) {
    case Values::None:
      break;
    case Values::Any:
      line += " -x";
      break;
    case Values::Words:
      line += fmt::format(" -x -a {}", fish_quoted(spec.words));
      break;
    case Values::Folders:
      line += " -x -a '(__fish_complete_directories)'";
      break;
    case Values::Files:
      line += " -r -F";
      break;
    case Values::Checks:
      line += fmt::format(
          " -x -a {}", fish_quoted(fmt::format(
                           "(__fish_complete_list , 'string split \" \" \"{}\"')", check_names())));
      break;
  }
  return line + fmt::format(" -d {}\n", fish_quoted(first_sentence(spec.text)));
}

std::string fish_script() {
  std::string out = "# Completion of snug for fish. Made by 'snug --completions fish'.\n\n";
  const std::string none =
      fmt::format("-n 'not __fish_seen_subcommand_from {} help'", command_names());
  for (const Command& command : all_commands()) {
    out += fmt::format("complete -c snug {} -f -a {} -d {}\n", none, command.name,
                       fish_quoted(command.summary));
  }
  out += fmt::format("complete -c snug {} -f -a help -d 'explain a command'\n", none);
  out +=
      fmt::format("complete -c snug {} -l version -d 'name this version and its libclang'\n", none);
  out += fmt::format(
      "complete -c snug {} -l completions -x -a 'bash zsh fish' -d 'print completions'\n", none);
  out += fmt::format("complete -c snug -n '__fish_seen_subcommand_from help' -f -a {}\n",
                     fish_quoted(command_names()));
  out += fmt::format("complete -c snug -n '__fish_seen_subcommand_from explain' -f -a {}\n",
                     fish_quoted(check_names() + " " + command_names()));
  for (const Command& command : all_commands()) {
    out += '\n';
    for (const OptionSpec* spec : options_taken_by(command)) {
      out += fish_option(command, *spec);
    }
  }
  return out;
}

}  // namespace

std::string completions(std::string_view shell) {
  if (shell == "bash") return bash_script();
  if (shell == "zsh") return zsh_script();
  if (shell == "fish") return fish_script();
  throw Error(fmt::format("--completions needs bash, zsh or fish, not '{}'{}", shell,
                          did_you_mean(shell, std::vector<std::string>{"bash", "zsh", "fish"})));
}

}  // namespace snug
