#include "app/fix_command.hpp"

#include <algorithm>
#include <string_view>

namespace snug {

namespace {

/// As a POSIX shell reads it back.
std::string shell_word(const std::string& word) {
  const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-+=./:,@%").find(c) != std::string_view::npos;
  });
  if (plain) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace

std::string fix_command(const Options& options) {
  const std::vector<std::string>& files = options.arguments;
  if (std::any_of(files.begin(), files.end(),
                  [](const std::string& file) { return file.ends_with(".snug"); })) {
    return {};
  }
  std::string command = "snug fix";
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) command += " " + std::string(name) + " " + shell_word(value);
  };
  add("-p", options.project.build);
  add("--root", options.project.meaning.root);
  add("--config", options.project.config);
  add("--target", options.project.meaning.target);
  add("--check", options.check.checks.value_or(""));
  for (const std::string& file : files) command += " " + shell_word(file);
  if (options.project.flags) {
    command += " --";
    for (const std::string& flag : *options.project.flags) command += " " + shell_word(flag);
  }
  return command;
}

}  // namespace snug
