#include "scan/command/shell_forms.hpp"

#include <algorithm>
#include <string_view>

#include "base/disk.hpp"
#include "base/files.hpp"
#include "scan/command/command_words.hpp"

namespace snug {
namespace {

/// Shells in shells: nobody writes more of them.
constexpr int most_forms = 8;

bool is_separator(const std::string& word) {
  return word == "&&" || word == ";" || word == "||" || word == "|" || word == "&";
}

bool is_shell(std::string_view program) {
  program = program.substr(program.rfind('/') + 1);
  return program == "sh" || program == "bash" || program == "dash" || program == "ksh" ||
         program == "zsh" || program == "ash";
}

/// -c, also among others: -ec, -euxc.
bool is_command_option(std::string_view word) {
  return word.size() >= 2 && word[0] == '-' && word[1] != '-' && word.ends_with('c');
}

/// Takes one form away; false if there is none.
bool take_one(std::vector<std::string>& words, std::string& directory) {
  const auto erase = [&](std::size_t count) {
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(count));
  };
  if (words.size() > 3 && words[0] == "cd" && (words[2] == "&&" || words[2] == ";")) {
    directory = normal_path(words[1], directory);
    erase(3);
    return true;
  }
  if (words.size() > 2 && (words[0] == ":" || words[0] == "true") && is_separator(words[1])) {
    erase(2);
    return true;
  }
  if (words.size() == 3 && is_shell(words[0]) && is_command_option(words[1])) {
    auto inner = split_words(words[2], Quoting::Shell);
    if (!inner || inner->empty()) return false;
    words = std::move(*inner);
    return true;
  }
  return false;
}

}  // namespace

void take_out_of_shell(std::vector<std::string>& words, std::string& directory) {
  for (int form = 0; form < most_forms && take_one(words, directory); ++form) {
  }
  const auto end = std::find_if(words.begin(), words.end(), is_separator);
  if (end != words.begin()) words.erase(end, words.end());
}

std::string word_of_shell(const std::vector<std::string>& words) {
  const auto at = std::find_if(words.begin(), words.end(), [](const std::string& word) {
    return word.starts_with("$(") || word.starts_with("${") || word.starts_with('`') ||
           (word.size() > 1 && word[0] == '$' &&
            (word[1] == '_' || (word[1] >= 'A' && word[1] <= 'Z') ||
             (word[1] >= 'a' && word[1] <= 'z')));
  });
  return at == words.end() ? "" : *at;
}

}  // namespace snug
