#include "scan/command/compiler_word.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

namespace snug {
namespace {

struct Launcher {
  std::string_view name;
  std::string_view with_value = "";  ///< Its short options whose value is the next word.
  std::string_view command = "";     ///< Of its own, before the compiler.
};

constexpr std::array launchers{
    Launcher{"ccache"},         Launcher{"distcc"},
    Launcher{"sccache"},        Launcher{"sccache-dist"},
    Launcher{"icecc"},          Launcher{"icerun"},
    Launcher{"buildcache"},     Launcher{"cachecc1"},
    Launcher{"goma"},           Launcher{"gomacc"},
    Launcher{"clang-cache"},    Launcher{"rewrapper"},
    Launcher{"reclient"},       Launcher{"fastbuild"},
    Launcher{"ctcache"},        Launcher{"pump"},
    Launcher{"colorgcc"},       Launcher{"recc"},
    Launcher{"firebuild"},      Launcher{"scan-build"},
    Launcher{"compiledb"},      Launcher{"intercept-build"},
    Launcher{"bear"},           Launcher{"nohup"},
    Launcher{"setsid"},         Launcher{"env", "uCS"},
    Launcher{"nice", "n"},      Launcher{"ionice", "cnpPu"},
    Launcher{"chrt", "TPD"},    Launcher{"time", "fo"},
    Launcher{"gtime", "fo"},    Launcher{"taskset"},
    Launcher{"stdbuf", "ioe"},  Launcher{"timeout", "ks"},
    Launcher{"libtool"},        Launcher{"cmake", "E"},
    Launcher{"exec", "a"},      Launcher{"command"},
    Launcher{"snug", "", "cc"},
};

const Launcher* launcher(const std::string& argument) {
  std::string name = std::filesystem::path(argument).filename().string();
  if (name.ends_with(".exe")) name.resize(name.size() - 4);
  const auto found = std::find_if(launchers.begin(), launchers.end(),
                                  [&](const Launcher& row) { return row.name == name; });
  return found == launchers.end() ? nullptr : &*found;
}

/// NAME=value, the way shells and launchers take settings.
bool is_setting(std::string_view word) {
  const std::size_t equals = word.find('=');
  if (equals == 0 || equals == std::string_view::npos) return false;
  return word.substr(0, equals).find_first_not_of(
             "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") ==
         std::string_view::npos;
}

/// "0xff", "10", "2.5s": what nice, taskset and timeout take before the command.
bool is_count(std::string_view word) {
  return !word.empty() && word.front() >= '0' && word.front() <= '9' &&
         word.find_first_not_of("0123456789abcdefxX.,-smhd") == std::string_view::npos;
}

/// The first word behind a launcher that is neither an option, nor a value of one, nor a setting.
std::size_t behind(const std::vector<std::string>& arguments, std::size_t at) {
  const std::string_view with_value = launcher(arguments[at])->with_value;
  const std::string_view command = launcher(arguments[at])->command;
  if (!command.empty() && at + 1 < arguments.size() && arguments[at + 1] == command) ++at;
  for (++at; at < arguments.size(); ++at) {
    const std::string& word = arguments[at];
    if (word == "--") return at + 1;
    const bool option = word.size() > 1 && word[0] == '-';
    if (option && word.size() == 2 && with_value.find(word[1]) != std::string_view::npos) {
      ++at;
    } else if (!option && !is_setting(word) && !is_count(word)) {
      return at;
    }
  }
  return at;
}

}  // namespace

std::size_t compiler_word(const std::vector<std::string>& arguments) {
  std::size_t first = 0;
  while (is_setting(arguments[first]) && first + 1 < arguments.size()) ++first;
  while (launcher(arguments[first]) != nullptr) {
    const std::size_t next = behind(arguments, first);
    if (next >= arguments.size()) return first;
    first = next;
  }
  return first;
}

}  // namespace snug
