// Questions about single flags, asked where no command is taken apart.
#include <algorithm>
#include <array>
#include <utility>

#include "base/files.hpp"
#include "scan/command/driver_flags.hpp"

namespace snug {
namespace {

bool begins_with_any(std::string_view text, const auto& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view prefix) { return text.starts_with(prefix); });
}

}  // namespace

std::vector<std::string> include_folders(const std::vector<std::string>& arguments,
                                         const std::string& directory) {
  static constexpr auto names = std::to_array<std::string_view>(
      {"--include-directory=", "--include-directory", "-iquote", "-I", "/I"});
  std::vector<std::string> folders;
  for (std::size_t at = 1; at < arguments.size(); ++at) {
    const std::string& argument = arguments[at];
    for (const std::string_view name : names) {
      if (!argument.starts_with(name)) continue;
      const bool next = argument.size() == name.size();
      if (next && at + 1 == arguments.size()) break;
      const std::string value = next ? arguments[++at] : argument.substr(name.size());
      if (!value.empty()) folders.push_back(normal_path(value, directory));
      break;
    }
  }
  return folders;
}

std::string macro_of_parameter(std::string_view value) {
  static constexpr auto macros = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"destructive-interference-size=", "-D__GCC_DESTRUCTIVE_SIZE="},
       {"constructive-interference-size=", "-D__GCC_CONSTRUCTIVE_SIZE="}});
  for (const auto& [name, macro] : macros) {
    if (value.starts_with(name)) return std::string(macro).append(value.substr(name.size()));
  }
  return "";
}

bool changes_layout(std::string_view flag) {
  static constexpr auto prefixes = std::to_array<std::string_view>(
      {"-W",         "-w",           "-pedantic",  "-O",           "-fPIC",       "-fpic",
       "-fPIE",      "-fpie",        "-fno-plt",   "-fvisibility", "-ffunction-", "-fdata-",
       "-fstack-",   "-fno-stack-",  "-flto",      "-fno-lto",     "-fprofile",   "-ftest-cov",
       "--coverage", "-fomit-frame", "-fno-omit-", "-ftree-",      "-fno-tree-",  "-fipa-",
       "-fno-ipa-",  "-mtune="});
  static constexpr auto more = std::to_array<std::string_view>(
      {"-ferror-limit", "-fmacro-prefix-map=", "-ffile-prefix-map=", "-fdebug-prefix-map=",
       "-fmacro-backtrace", "-ftemplate-", "-fconstexpr-", "-fmessage-length"});
  return !begins_with_any(flag, prefixes) && !begins_with_any(flag, more);
}

bool is_machine_flag(std::string_view flag) {
  if (!flag.starts_with("-m")) return false;
  static constexpr auto general =
      std::to_array<std::string_view>({"-mms-bitfields", "-mno-ms-bitfields", "-mllvm"});
  return std::find(general.begin(), general.end(), flag) == general.end();
}

}  // namespace snug
