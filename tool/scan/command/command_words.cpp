#include "scan/command/command_words.hpp"

#include <fmt/core.h>

#include <filesystem>
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

/// What keeps a file from being read, as a sentence.
std::string unreadable(const std::string& path) {
  std::error_code error;
  const bool special =
      std::filesystem::exists(path, error) && !std::filesystem::is_regular_file(path, error);
  return fmt::format("the response file '{}' {}", path,
                     special ? "is not a regular file" : "cannot be read");
}

std::string expand(std::vector<std::string>& result, const std::vector<std::string>& arguments,
                   const std::string& directory, Quoting quoting, const Files& files, int depth) {
  for (const std::string& argument : arguments) {
    if (argument.size() < 2 || argument[0] != '@') {
      result.push_back(argument);
      continue;
    }
    const std::string path = normal_path(argument.substr(1), directory);
    if (depth == deepest_nesting || result.size() > most_arguments) {
      return fmt::format("the response file '{}' includes itself", path);
    }
    const std::optional<std::string> text = files.read(path);
    if (!text) return unreadable(path);
    const auto words = split_words(*text, quoting);
    if (!words) return fmt::format("a quotation in the response file '{}' never ends", path);
    std::string problem = expand(result, *words, directory, quoting, files, depth + 1);
    if (!problem.empty()) return problem;
  }
  return "";
}

/// 2n backslashes before a double quote are n, 2n+1 are n and a quote; elsewhere they stand for
/// themselves. A quotation that never ends goes to the end of the text.
std::vector<std::string> windows_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool in_word = false;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    if (!quoted && is_blank(byte)) {
      if (in_word) words.push_back(std::exchange(word, {}));
      in_word = false;
      continue;
    }
    in_word = true;
    std::size_t slashes = 0;
    while (at + slashes < text.size() && text[at + slashes] == '\\') ++slashes;
    if (slashes == 0) {
      if (byte == '"') {
        quoted = !quoted;
      } else {
        word += byte;
      }
      continue;
    }
    const bool before_quote = at + slashes < text.size() && text[at + slashes] == '"';
    word.append(before_quote ? slashes / 2 : slashes, '\\');
    if (before_quote && slashes % 2 == 1) word += text[at + slashes++];
    at += slashes - 1;
  }
  if (in_word) words.push_back(std::move(word));
  return words;
}

}  // namespace

std::optional<std::vector<std::string>> split_words(std::string_view text, Quoting quoting) {
  if (quoting == Quoting::Windows) return windows_words(text);
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

std::string expand_response_files(std::vector<std::string>& arguments, const std::string& directory,
                                  Quoting quoting, const Files& files) {
  std::vector<std::string> result;
  std::string problem = expand(result, arguments, directory, quoting, files, 0);
  if (problem.empty()) arguments = std::move(result);
  return problem;
}

}  // namespace snug
