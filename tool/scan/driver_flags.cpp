// One table says what becomes of each flag whose value may stand in the next argument, a second one
// which flags without a value are of no use to the front end. Everything else that begins with a
// dash goes to the front end as it is; what that does not know it tells, and goes on.
#include "scan/driver_flags.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>

#include "base/files.hpp"

namespace snug {
namespace {

enum class Role {
  Drop,      // Outputs, dependency files, linking.
  Keep,      // Value is text.
  Path,      // Value is a path; made absolute.
  SoftPath,  // Value is a path where such a file exists, else a name to search for (-include).
  Query,     // Path or text that changes the implicit include paths; made absolute.
  Unsafe,    // Like Query, and lets the compiler run programs.
  Language,  // -x
  Target,    // --target
  Standard,  // -std
  Told,      // Dropped; the user is told.
};

enum class Form {
  Separate,  // -o FILE
  Joined,    // -std=c++20
  Either,    // -I DIR, -IDIR
};

struct ValueFlag {
  std::string_view name;
  Form form;
  Role role;
};

// Of names that begin alike the longest wins.
constexpr std::array value_flags{
    ValueFlag{"-o", Form::Either, Role::Drop},
    ValueFlag{"--output", Form::Separate, Role::Drop},
    ValueFlag{"--output=", Form::Joined, Role::Drop},
    ValueFlag{"-MF", Form::Either, Role::Drop},
    ValueFlag{"-MT", Form::Either, Role::Drop},
    ValueFlag{"-MQ", Form::Either, Role::Drop},
    ValueFlag{"-MJ", Form::Either, Role::Drop},
    ValueFlag{"-L", Form::Either, Role::Drop},
    ValueFlag{"-l", Form::Either, Role::Drop},
    ValueFlag{"-T", Form::Either, Role::Drop},
    ValueFlag{"-u", Form::Separate, Role::Drop},
    ValueFlag{"-z", Form::Separate, Role::Drop},
    ValueFlag{"-e", Form::Separate, Role::Drop},
    ValueFlag{"-Xlinker", Form::Separate, Role::Drop},
    ValueFlag{"-Xassembler", Form::Separate, Role::Drop},
    ValueFlag{"-Wl,", Form::Joined, Role::Drop},
    ValueFlag{"-Wa,", Form::Joined, Role::Drop},
    ValueFlag{"-framework", Form::Separate, Role::Drop},
    ValueFlag{"-dumpbase", Form::Separate, Role::Drop},
    ValueFlag{"-dumpbase-ext", Form::Separate, Role::Drop},
    ValueFlag{"-dumpdir", Form::Separate, Role::Drop},
    ValueFlag{"-aux-info", Form::Separate, Role::Drop},
    ValueFlag{"-wrapper", Form::Separate, Role::Drop},
    ValueFlag{"--serialize-diagnostics", Form::Separate, Role::Drop},
    ValueFlag{"-index-store-path", Form::Separate, Role::Drop},
    ValueFlag{"-mllvm", Form::Separate, Role::Drop},
    ValueFlag{"--param", Form::Separate, Role::Drop},
    ValueFlag{"--param=", Form::Joined, Role::Drop},
    ValueFlag{"-resource-dir", Form::Separate, Role::Drop},
    ValueFlag{"-resource-dir=", Form::Joined, Role::Drop},
    ValueFlag{"-working-directory", Form::Separate, Role::Drop},
    ValueFlag{"-working-directory=", Form::Joined, Role::Drop},
    ValueFlag{"-include-pch", Form::Separate, Role::Told},
    ValueFlag{"-fplugin=", Form::Joined, Role::Told},
    ValueFlag{"-fplugin-arg-", Form::Joined, Role::Drop},
    ValueFlag{"-fpass-plugin=", Form::Joined, Role::Drop},
    ValueFlag{"--config", Form::Separate, Role::Told},
    ValueFlag{"--config=", Form::Joined, Role::Told},
    ValueFlag{"-D", Form::Either, Role::Keep},
    ValueFlag{"-U", Form::Either, Role::Keep},
    ValueFlag{"-A", Form::Separate, Role::Drop},
    ValueFlag{"-arch", Form::Separate, Role::Query},
    ValueFlag{"-I", Form::Either, Role::Path},
    ValueFlag{"-F", Form::Either, Role::Path},
    ValueFlag{"-iquote", Form::Either, Role::Path},
    ValueFlag{"-isystem", Form::Either, Role::Path},
    ValueFlag{"-isystem-after", Form::Either, Role::Path},
    ValueFlag{"-idirafter", Form::Either, Role::Path},
    ValueFlag{"-iframework", Form::Either, Role::Path},
    ValueFlag{"-cxx-isystem", Form::Either, Role::Path},
    ValueFlag{"-iwithsysroot", Form::Either, Role::Keep},
    ValueFlag{"-iprefix", Form::Either, Role::Path},
    ValueFlag{"-iwithprefix", Form::Either, Role::Keep},
    ValueFlag{"-iwithprefixbefore", Form::Either, Role::Keep},
    ValueFlag{"-include", Form::Either, Role::SoftPath},
    ValueFlag{"-imacros", Form::Either, Role::SoftPath},
    ValueFlag{"--include", Form::Separate, Role::SoftPath},
    ValueFlag{"--include-directory=", Form::Joined, Role::Path},
    ValueFlag{"-isysroot", Form::Either, Role::Query},
    ValueFlag{"--sysroot", Form::Separate, Role::Query},
    ValueFlag{"--sysroot=", Form::Joined, Role::Query},
    ValueFlag{"--gcc-toolchain=", Form::Joined, Role::Query},
    ValueFlag{"--gcc-install-dir=", Form::Joined, Role::Query},
    ValueFlag{"-B", Form::Either, Role::Unsafe},
    ValueFlag{"-specs=", Form::Joined, Role::Unsafe},
    ValueFlag{"--specs=", Form::Joined, Role::Unsafe},
    ValueFlag{"-x", Form::Either, Role::Language},
    ValueFlag{"--language=", Form::Joined, Role::Language},
    ValueFlag{"-target", Form::Separate, Role::Target},
    ValueFlag{"--target", Form::Separate, Role::Target},
    ValueFlag{"--target=", Form::Joined, Role::Target},
    ValueFlag{"-std=", Form::Joined, Role::Standard},
    ValueFlag{"--std=", Form::Joined, Role::Standard},
    ValueFlag{"--std", Form::Separate, Role::Standard},
};

// Flags that end the work early, write files, only link, or turn warnings into errors.
constexpr auto useless = std::to_array<std::string_view>({"-c",
                                                          "-S",
                                                          "-E",
                                                          "-M",
                                                          "-MM",
                                                          "-MD",
                                                          "-MMD",
                                                          "-MP",
                                                          "-MG",
                                                          "-MV",
                                                          "-pipe",
                                                          "-v",
                                                          "-###",
                                                          "-shared",
                                                          "-static",
                                                          "-rdynamic",
                                                          "-s",
                                                          "-r",
                                                          "-pie",
                                                          "-no-pie",
                                                          "-nostdlib",
                                                          "-nodefaultlibs",
                                                          "-nostartfiles",
                                                          "-static-libgcc",
                                                          "-static-libstdc++",
                                                          "-shared-libgcc",
                                                          "-Wfatal-errors",
                                                          "-fsyntax-only",
                                                          "-emit-llvm",
                                                          "-P",
                                                          "-H",
                                                          "-Q",
                                                          "-time",
                                                          "-dM",
                                                          "-dD",
                                                          "-dI",
                                                          "-fmax-errors",
                                                          "-no-canonical-prefixes",
                                                          "-Winvalid-pch",
                                                          "-save-temps"});

constexpr auto useless_prefixes = std::to_array<std::string_view>(
    {"-Werror", "-save-temps=", "-fdiagnostics", "-fmax-errors=", "-g", "-fdump-",
     "-MMD=", "-fcolor-diagnostics"});

bool starts_with_any(std::string_view text, const auto& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view prefix) { return text.starts_with(prefix); });
}

bool is_any(std::string_view text, const auto& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_wrapper(const std::string& argument) {
  static constexpr auto wrappers = std::to_array<std::string_view>(
      {"ccache", "distcc", "sccache", "icecc", "icerun", "buildcache", "cachecc1", "goma", "gomacc",
       "clang-cache", "rewrapper"});
  return is_any(std::filesystem::path(argument).filename().string(), wrappers);
}

/// The row for an argument: an exact name, or a name that the argument begins with.
const ValueFlag* row_of(std::string_view argument) {
  const ValueFlag* best = nullptr;
  for (const ValueFlag& row : value_flags) {
    const bool exact = argument == row.name && row.form != Form::Joined;
    const bool joined = row.form != Form::Separate && argument.size() > row.name.size() &&
                        argument.starts_with(row.name);
    if ((exact || joined) && (best == nullptr || row.name.size() > best->name.size())) best = &row;
  }
  return best;
}

/// "-std=", "--sysroot=": the value is always joined. "--sysroot" takes its value after a '='.
std::string joined(std::string_view name, const std::string& value) {
  if (name == "--sysroot" || name == "--std") return fmt::format("{}={}", name, value);
  return fmt::format("{}{}", name, value);
}

/// A folder below the sysroot ("=dir", "$SYSROOT/dir") is no path of this machine.
std::string absolute(const std::string& path, const std::string& directory) {
  if (path.empty() || path[0] == '=' || path[0] == '$' || path == "-") return path;
  return normal_path(path, directory);
}

/// Takes arguments apart one after another.
class FlagReader {
 public:
  explicit FlagReader(const std::string& directory) : directory_(directory) {}

  void read(const std::vector<std::string>& arguments) {
    for (std::size_t at = 0; at < arguments.size(); ++at) {
      const std::string& argument = arguments[at];
      if (argument == "--") return;                             // Inputs follow.
      if (argument.size() < 2 || argument[0] != '-') continue;  // An input.
      if (argument.starts_with("-Wp,")) {
        read(preprocessor_words(argument.substr(4)));
      } else if (argument == "-Xpreprocessor" || argument == "-Xclang") {
        at = read_passed_on(arguments, at);
      } else if (const ValueFlag* row = row_of(argument)) {
        const bool next = argument == row->name && row->form != Form::Joined;
        if (next && at + 1 == arguments.size()) return;  // A flag without its value.
        take(*row, next ? arguments[++at] : argument.substr(row->name.size()));
      } else {
        take_plain(argument);
      }
    }
  }

  CommandFlags flags;

 private:
  static std::vector<std::string> preprocessor_words(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(','), text.size());
      words.emplace_back(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    // Here -MD and -MMD name their file.
    if (!words.empty() && (words[0] == "-MD" || words[0] == "-MMD")) words.clear();
    return words;
  }

  /// `-Xclang A [-Xclang B]`: the pair as if it stood there itself, but unknown ones stay wrapped.
  std::size_t read_passed_on(const std::vector<std::string>& arguments, std::size_t at) {
    const std::string& wrapper = arguments[at];
    if (at + 1 >= arguments.size()) return at;
    const std::string& passed = arguments[at + 1];
    const ValueFlag* row = row_of(passed);
    const bool value_follows = at + 3 < arguments.size() && arguments[at + 2] == wrapper;
    if (row != nullptr && passed == row->name && value_follows) {
      take(*row, arguments[at + 3]);
      return at + 3;
    }
    if (passed == "-load" || passed == "-plugin" || passed == "-add-plugin") {
      flags.notes.push_back(fmt::format("a compiler plugin ({}) was left out", passed));
      return value_follows ? at + 3 : at + 1;
    }
    if (wrapper == "-Xpreprocessor" || row != nullptr) {
      read({passed});
    } else {
      flags.kept.push_back(wrapper);
      flags.kept.push_back(passed);
    }
    return at + 1;
  }

  void take(const ValueFlag& row, const std::string& value) {
    switch (row.role) {
      case Role::Drop:
        return;
      case Role::Told:
        flags.notes.push_back(fmt::format("'{} {}' was left out", row.name, value));
        return;
      case Role::Keep:
        flags.kept.push_back(joined(row.name, value));
        return;
      case Role::Path:
      case Role::SoftPath:
        take_path(row, value);
        return;
      case Role::Query:
        take_query(row, value);
        return;
      case Role::Unsafe: {
        const bool folder = row.name == "-B";
        flags.unsafe.push_back(joined(row.name, folder ? absolute(value, directory_) : value));
        return;
      }
      case Role::Language:
        flags.language = value == "none" ? "" : value;
        return;
      case Role::Target:
        flags.target = value;
        return;
      case Role::Standard:
        flags.standard = value;
        flags.kept.push_back("-std=" + value);
        flags.query.push_back("-std=" + value);
        return;
    }
  }

  void take_path(const ValueFlag& row, const std::string& value) {
    std::string path = absolute(value, directory_);
    std::error_code error;
    if (row.role == Role::SoftPath && !std::filesystem::exists(path, error)) path = value;
    if (row.name.ends_with('=')) {
      flags.kept.push_back(joined("-I", path));
    } else if (row.role == Role::SoftPath) {
      flags.kept.emplace_back(row.name == "--include" ? "-include" : row.name);
      flags.kept.push_back(path);
    } else {
      flags.kept.push_back(joined(row.name, path));
    }
  }

  void take_query(const ValueFlag& row, const std::string& value) {
    std::vector<std::string> words;
    if (row.name == "-arch") {
      if (std::find(flags.kept.begin(), flags.kept.end(), "-arch") != flags.kept.end()) {
        flags.notes.push_back(fmt::format("'-arch {}' was left out: one processor a run", value));
        return;
      }
      words = {"-arch", value};
    } else if (row.name == "-isysroot") {
      words = {"-isysroot", absolute(value, directory_)};
    } else {
      words = {joined(row.name, absolute(value, directory_))};
    }
    flags.kept.insert(flags.kept.end(), words.begin(), words.end());
    flags.query.insert(flags.query.end(), words.begin(), words.end());
  }

  void take_plain(const std::string& argument) {
    if (is_any(argument, useless) || starts_with_any(argument, useless_prefixes)) return;
    if (argument == "-ansi") flags.standard = "ansi";
    if (argument == "-nostdinc") flags.no_standard_includes = true;
    if (argument == "-fopenmp" || argument == "-qopenmp" || argument.starts_with("-fopenmp=")) {
      // libclang does not show the bodies of directives. Without the flag they are ordinary code,
      // and the scan reads the pragmas from the text where this macro is defined.
      flags.kept.emplace_back("-D_OPENMP=202011");
      return;
    }
    flags.kept.push_back(argument == "-pedantic-errors" ? "-pedantic" : argument);
    const bool query = argument == "-ansi" || argument.starts_with("-stdlib=") ||
                       argument.starts_with("-nostd") || is_machine_flag(argument);
    if (query) flags.query.push_back(argument);
  }

  const std::string& directory_;
};

}  // namespace

CommandFlags take_apart(const std::vector<std::string>& arguments, const std::string& directory) {
  std::size_t first = 0;
  // ccache VAR=value ... g++: settings of the wrapper stand before the compiler too.
  while (first + 1 < arguments.size() &&
         (is_wrapper(arguments[first]) ||
          (first > 0 && arguments[first].find('=') != std::string::npos))) {
    ++first;
  }
  FlagReader reader(directory);
  reader.flags.compiler = arguments[first];
  reader.read({arguments.begin() + static_cast<std::ptrdiff_t>(first) + 1, arguments.end()});
  return std::move(reader.flags);
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
  return !starts_with_any(flag, prefixes) && !starts_with_any(flag, more);
}

bool is_machine_flag(std::string_view flag) {
  if (!flag.starts_with("-m")) return false;
  static constexpr auto general =
      std::to_array<std::string_view>({"-mms-bitfields", "-mno-ms-bitfields", "-mllvm"});
  return !is_any(flag, general);
}

}  // namespace snug
