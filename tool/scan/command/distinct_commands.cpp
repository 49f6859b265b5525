#include "scan/command/distinct_commands.hpp"

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "scan/command/compiler_word.hpp"
#include "scan/command/driver_options.hpp"
#include "scan/command/driver_query.hpp"

namespace snug {
namespace {

bool names_output(std::string_view option) {
  return option == "-o" || option == "-MF" || option == "-MT" || option == "-MQ" || option == "-MJ";
}

/// The words of a command that can change what it compiles, in one text. A word behind an option
/// that takes a value stays: it may be that value, whatever it looks like.
std::string meaning_of(const CompileCommand& command) {
  std::string key = command.file + '\0' + command.directory + '\0';
  const std::size_t compiler = compiler_word(command.arguments);
  const CompilerKind kind = compiler_name(command.arguments[compiler]).kind;
  for (std::size_t at = 0; at < command.arguments.size(); ++at) {
    const std::string& word = command.arguments[at];
    const bool object = word.starts_with("/Fo") || word.starts_with("-Fo");
    if (kind == CompilerKind::Msvc && object && word.size() > 3 && at > compiler) continue;
    const bool maybe = word.starts_with("-o") || word.starts_with("-M");
    const OptionRow* const row = maybe && at > compiler ? option_row(word, kind) : nullptr;
    if (kind != CompilerKind::Msvc && row != nullptr && names_output(row->name)) {
      const std::string& before = command.arguments[at - 1];
      const OptionRow* const other = before[0] == '-' ? option_row(before, kind) : nullptr;
      const bool is_value = other != nullptr && value_follows(*other, before);
      if (!is_value) {
        at += value_follows(*row, word) ? 1 : 0;
        continue;
      }
    }
    key += word;
    key += '\0';
  }
  return key;
}

}  // namespace

std::size_t remove_same_commands(std::vector<CompileCommand>& commands) {
  std::set<std::string> seen;
  return std::erase_if(commands, [&](const CompileCommand& command) {
    if (!command.broken.empty() || command.arguments.empty()) return false;
    return !seen.insert(meaning_of(command)).second;
  });
}

}  // namespace snug
