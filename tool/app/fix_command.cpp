#include "app/fix_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/visible_text.hpp"

namespace snug {

namespace {

/// More files than a person would read or copy are told by their number.
constexpr std::size_t most_named = 8;

/// What cannot be shown as it is, by the bytes, as bash, zsh and POSIX.1-2024 read it back.
std::string escaped_word(std::string_view word) {
  std::string out = "$'";
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\'' || c == '\\') {
      out += std::string("\\") + c;
    } else if (byte >= 0x20 && byte < 0x7f) {
      out += c;
    } else {
      // Three octal digits at most: what follows cannot be taken for a part of the number.
      out += fmt::format("\\{:03o}", byte);
    }
  }
  return out + "'";
}

/// As a shell reads it back.
std::string shell_word(const std::string& word) {
  const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-+=./:,@%").find(c) != std::string_view::npos;
  });
  if (plain) return word;
  if (visible_text(word) != word) return escaped_word(word);
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
  if (options.check.bundled) command += " --bundled";
  const bool few = files.size() <= most_named;
  if (few) {
    for (const std::string& file : files) command += " " + shell_word(file);
  } else {
    command += " FILES";
  }
  if (options.project.flags) {
    command += " --";
    for (const std::string& flag : *options.project.flags) command += " " + shell_word(flag);
  }
  return few ? command : command + fmt::format(" (FILES: the {} that were checked)", files.size());
}

}  // namespace snug
