#include "scan/command_words.hpp"

#include <fmt/core.h>

#include <utility>

#include "base/files.hpp"

namespace snug {
namespace {

constexpr int deepest_nesting = 32;  // of response files
constexpr std::size_t most_arguments =
    1000000;  // of one command: a file that includes itself twice

bool is_blank(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\v' ||
         byte == '\f';
}

bool escapes(char quote, char next, Quoting quoting) {
  if (quoting == Quoting::ResponseFile) return true;
  if (quote == '\'') return false;
  if (quote == '"')
    return next == '"' || next == '\\' || next == '$' || next == '`' || next == '\n';
  return true;
}

std::string expand(std::vector<std::string>& result, const std::vector<std::string>& arguments,
                   const std::string& directory, int depth) {
  for (const std::string& argument : arguments) {
    if (argument.size() < 2 || argument[0] != '@') {
      result.push_back(argument);
      continue;
    }
    const std::string path = normal_path(argument.substr(1), directory);
    if (depth == deepest_nesting || result.size() > most_arguments) {
      return fmt::format("the response file '{}' includes itself", path);
    }
    const std::optional<std::string> text = DiskFiles().read(path);
    if (!text) return fmt::format("the response file '{}' cannot be read", path);
    const auto words = split_words(*text, Quoting::ResponseFile);
    if (!words) return fmt::format("a quotation in the response file '{}' never ends", path);
    std::string problem = expand(result, *words, directory, depth + 1);
    if (!problem.empty()) return problem;
  }
  return "";
}

}  // namespace

std::optional<std::vector<std::string>> split_words(std::string_view text, Quoting quoting) {
  std::vector<std::string> words;
  std::string word;
  bool in_word = false;
  char quote = '\0';
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    if (quote == '\0' && is_blank(byte)) {
      if (in_word) words.push_back(std::exchange(word, {}));
      in_word = false;
      continue;
    }
    in_word = true;
    if (byte == '\\' && at + 1 < text.size() && escapes(quote, text[at + 1], quoting)) {
      // A backslash before the end of the line joins the lines.
      if (text[++at] != '\n') word += text[at];
    } else if (quote == '\0' && (byte == '"' || byte == '\'')) {
      quote = byte;
    } else if (quote != '\0' && byte == quote) {
      quote = '\0';
    } else {
      word += byte;
    }
  }
  if (quote != '\0') return std::nullopt;
  if (in_word) words.push_back(std::move(word));
  return words;
}

std::string expand_response_files(std::vector<std::string>& arguments,
                                  const std::string& directory) {
  std::vector<std::string> result;
  std::string problem = expand(result, arguments, directory, 0);
  if (problem.empty()) arguments = std::move(result);
  return problem;
}

}  // namespace snug
