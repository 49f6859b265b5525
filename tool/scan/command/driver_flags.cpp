// A table (driver_options.hpp) says what becomes of each flag that takes a value, a second one
// which flags without a value are of no use to the front end. Everything else that begins with a
// dash goes to the front end as it is; what that does not know it tells, and goes on.
#include "scan/command/driver_flags.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "base/files.hpp"
#include "scan/command/compile_database.hpp"
#include "scan/command/compiler_word.hpp"
#include "scan/command/driver_cl.hpp"
#include "scan/command/driver_options.hpp"
#include "scan/command/driver_query.hpp"

namespace snug {
namespace {

bool is_regular(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error);
}

/// A folder below the sysroot ("=dir", "$SYSROOT/dir") is no path of this machine.
std::string absolute(const std::string& path, const std::string& directory) {
  if (path.empty() || path[0] == '=' || path[0] == '$' || path == "-") return path;
  return normal_path(path, directory);
}

/// Takes arguments apart one after another.
class FlagReader {
 public:
  FlagReader(CommandFlags& flags, const std::string& directory)
      : flags_(flags), directory_(directory) {}

  void read(const std::vector<std::string>& arguments) {
    for (std::size_t at = 0; at < arguments.size(); ++at) {
      const std::string& argument = arguments[at];
      if (argument == "--") {
        for (++at; at < arguments.size(); ++at) take_input(arguments[at]);
        return;
      }
      if (argument.size() < 2 || argument[0] != '-') {
        take_input(argument);
        continue;
      }
      if (argument.starts_with("-Wp,")) {
        read_preprocessor(words_between_commas(argument.substr(4)));
      } else if (argument == "-Xpreprocessor" || argument == "-Xclang") {
        at = read_passed_on(arguments, at);
      } else if (const OptionRow* row = option_row(argument, flags_.kind)) {
        at = read_option(*row, arguments, at);
      } else {
        take_plain(argument);
      }
    }
  }

  /// What only the end of the command decides.
  void finish() {
    if (!openmp_) return;
    // libclang does not show the bodies of directives. Without the flag they are ordinary code,
    // and the scan reads the pragmas from the text where this macro is defined.
    flags_.kept.insert(flags_.kept.begin(), fmt::format("-D_OPENMP={}", openmp_version_));
  }

 private:
  void take_input(const std::string& word) {
    const Language language = language_of(word);
    if (language != Language::C && language != Language::Cxx) return;
    flags_.sources.push_back(absolute(word, directory_));
  }

  std::size_t read_option(const OptionRow& row, const std::vector<std::string>& arguments,
                          std::size_t at) {
    const std::string& argument = arguments[at];
    if (!value_follows(row, argument)) {
      take(row, argument.substr(row.name.size()));
      return at;
    }
    if (at + row.values >= arguments.size()) return arguments.size();  // Without its value.
    if (row.role == Role::Pass) {
      flags_.kept.insert(flags_.kept.end(), {argument, arguments[at + 1]});
    } else {
      take(row, arguments[at + 1]);
    }
    return at + row.values;
  }

  static std::vector<std::string> words_between_commas(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(','), text.size());
      words.emplace_back(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
  }

  /// Words for the preprocessor itself: there -MD and -MMD name their file.
  void read_preprocessor(std::vector<std::string> words) {
    for (std::size_t at = 0; at < words.size(); ++at) {
      if (words[at] != "-MD" && words[at] != "-MMD") continue;
      const auto place = words.begin() + static_cast<std::ptrdiff_t>(at);
      words.erase(place, place + (at + 1 < words.size() ? 2 : 1));
      --at;
    }
    read(words);
  }

  /// `-Xclang A [-Xclang B]`: the pair as if it stood there itself, but unknown ones stay wrapped.
  std::size_t read_passed_on(const std::vector<std::string>& arguments, std::size_t at) {
    const std::string& wrapper = arguments[at];
    if (at + 1 >= arguments.size()) return at;
    const std::string& passed = arguments[at + 1];
    const bool more = at + 3 < arguments.size() && arguments[at + 2] == wrapper;
    if (wrapper == "-Xpreprocessor") {
      const bool file = passed == "-MD" || passed == "-MMD";
      const OptionRow* row = option_row(passed, flags_.kind);
      if (more && (file || (row != nullptr && value_follows(*row, passed)))) {
        if (!file) take(*row, arguments[at + 3]);
        return at + 3;
      }
      if (!file) read({passed});
      return at + 1;
    }
    if (passed == "-load" || passed == "-plugin" || passed == "-add-plugin") {
      flags_.notes.push_back(fmt::format("a compiler plugin ({}) is ignored", passed));
      return more ? at + 3 : at + 1;
    }
    const OptionRow* row = option_row(passed, CompilerKind::Clang);
    if (row == nullptr || row->role == Role::Pass) {
      flags_.kept.insert(flags_.kept.end(), {wrapper, passed});
      return at + 1;
    }
    const bool follows = value_follows(*row, passed);
    if (follows && !more) return at + 1;
    take(*row, follows ? arguments[at + 3] : passed.substr(row->name.size()));
    return follows ? at + 3 : at + 1;
  }

  void take(const OptionRow& row, const std::string& value) {
    const std::string_view name = row.as.empty() ? row.name : row.as;
    const auto keep = [&](const std::string& text) {
      flags_.kept.push_back(fmt::format("{}{}", name, text));
    };
    switch (row.role) {
      case Role::Drop:
        return;
      case Role::Parameter:
        if (std::string macro = macro_of_parameter(value); !macro.empty()) {
          flags_.kept.push_back(std::move(macro));
        }
        return;
      case Role::Told:
        flags_.notes.push_back(fmt::format("'{} {}' is ignored", row.name, value));
        return;
      case Role::Keep:
      case Role::Pass:
        return keep(value);
      case Role::Path:
        return keep(absolute(value, directory_));
      case Role::Prefix:
        return keep(value.starts_with('/') ? value : directory_ + "/" + value);
      case Role::ForcedFile:
        return take_file(name, value);
      case Role::Precompiled:
        return take_precompiled(absolute(value, directory_));
      case Role::Query:
        return take_query(name, value);
      case Role::Unsafe:
        flags_.unsafe.push_back(
            fmt::format("{}{}", name, name == "-B" ? absolute(value, directory_) : value));
        return;
      case Role::Language:
        return take_language(name, value);
      case Role::Target:
        flags_.target = value.empty() ? "unknown" : value;  // as clang calls it, and refuses it
        return;
      case Role::Standard:
        flags_.standard = value;
        flags_.kept.push_back("-std=" + value);
        flags_.query.push_back("-std=" + value);
        return;
    }
  }

  /// To Intel's compilers "-xHost" and "-xCORE-AVX2" name processors. No language begins that way.
  void take_language(std::string_view name, const std::string& value) {
    const bool processor = name == "-x" && !value.empty() && value[0] >= 'A' && value[0] <= 'Z';
    if (processor) {
      flags_.notes.push_back(fmt::format("'-x{}' is ignored: a processor, no language", value));
    } else {
      flags_.language = value == "none" ? "" : value;
    }
  }

  /// The front end's driver would take the precompiled header beside a file in the place of its
  /// text, whoever made it; the front end itself does not.
  void take_file(std::string_view name, const std::string& value) {
    std::string path = absolute(value, directory_);
    if (!is_regular(path)) path = value;
    if (name == "-include") {
      flags_.kept.insert(flags_.kept.end(), {"-Xclang", "-include", "-Xclang", path});
    } else {
      flags_.kept.insert(flags_.kept.end(), {std::string(name), path});
    }
  }

  /// The text that a header was made of lies beside it under its name without the ending. Without
  /// it only the front end of the same version can read the header, and says so if it cannot.
  void take_precompiled(const std::string& path) {
    const std::filesystem::path text = std::filesystem::path(path).replace_extension();
    const bool ending = path.ends_with(".pch") || path.ends_with(".gch");
    if (ending && is_regular(text.string())) {
      flags_.precompiled = text.string();
      return;
    }
    flags_.kept.insert(flags_.kept.end(), {"-Xclang", "-include-pch", "-Xclang", path});
  }

  void take_query(std::string_view name, const std::string& value) {
    std::vector<std::string> words;
    if (name == "-arch") {
      if (std::find(flags_.kept.begin(), flags_.kept.end(), "-arch") != flags_.kept.end()) {
        flags_.notes.push_back(fmt::format("'-arch {}' is ignored: one processor a run", value));
        return;
      }
      words = {"-arch", value};
    } else if (name == "-isysroot") {
      words = {"-isysroot", absolute(value, directory_)};
    } else if (name == "-stdlib=") {
      words = {"-stdlib=" + value};
    } else {
      words = {fmt::format("{}{}", name, absolute(value, directory_))};
    }
    flags_.kept.insert(flags_.kept.end(), words.begin(), words.end());
    flags_.query.insert(flags_.query.end(), words.begin(), words.end());
  }

  void take_plain(const std::string& argument) {
    if (is_useless(argument)) return;
    if (take_openmp(argument)) return;
    if (flags_.kind == CompilerKind::Gcc && swallows_next(argument)) {
      flags_.notes.push_back(
          fmt::format("the flag '{}' is ignored: clang reads it in another way", argument));
      return;
    }
    const bool ansi = argument == "-ansi" || argument == "--ansi";
    if (ansi) flags_.standard = "ansi";
    if (argument == "-nostdinc" || argument == "--no-standard-includes") {
      flags_.no_standard_includes = true;
    }
    const bool pedantic = argument == "-pedantic-errors" || argument == "--pedantic-errors";
    flags_.kept.push_back(pedantic ? "-pedantic" : argument);
    const bool query = ansi || argument.starts_with("-stdlib=") || argument.starts_with("-nostd") ||
                       is_machine_flag(argument);
    if (query) flags_.query.push_back(argument);
  }

  bool take_openmp(const std::string& argument) {
    if (argument.starts_with("-fopenmp-version=")) {
      static constexpr auto versions =
          std::to_array<std::pair<std::string_view, int>>({{"31", 201107},
                                                           {"40", 201307},
                                                           {"45", 201511},
                                                           {"50", 201811},
                                                           {"51", 202011},
                                                           {"52", 202111},
                                                           {"60", 202411}});
      const std::string_view wanted = std::string_view(argument).substr(17);
      for (const auto& [name, value] : versions) {
        if (name == wanted) openmp_version_ = value;
      }
      return true;
    }
    const bool on =
        argument == "-fopenmp" || argument == "-qopenmp" || argument.starts_with("-fopenmp=");
    if (!on && argument != "-fno-openmp") return false;
    openmp_ = on;
    if (flags_.kind == CompilerKind::Gcc) openmp_version_ = 201511;
    return true;
  }

  CommandFlags& flags_;
  const std::string& directory_;
  bool openmp_ = false;
  int openmp_version_ = 202011;
};

/// The folder that relative paths start at: that of -working-directory, the last one wins.
std::string working_directory(const std::vector<std::string>& arguments,
                              const std::string& directory) {
  std::string result = directory;
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    static constexpr std::string_view name = "-working-directory";
    if (arguments[at] == name && at + 1 < arguments.size()) {
      result = normal_path(arguments[++at], directory);
    } else if (arguments[at].starts_with("-working-directory=")) {
      result = normal_path(arguments[at].substr(name.size() + 1), directory);
    }
  }
  return result;
}

/// The text of a precompiled header comes before all other forced includes, and once.
void put_precompiled_first(CommandFlags& flags) {
  if (flags.precompiled.empty()) return;
  for (std::size_t at = 0; at + 3 < flags.kept.size(); ++at) {
    if (flags.kept[at + 1] == "-include" && flags.kept[at + 3] == flags.precompiled) return;
  }
  const auto front = {std::string("-Xclang"), std::string("-include"), std::string("-Xclang"),
                      flags.precompiled};
  flags.kept.insert(flags.kept.begin(), front);
}

}  // namespace

CommandFlags take_apart(const std::vector<std::string>& arguments, const std::string& directory) {
  const std::size_t first = compiler_word(arguments);
  const std::vector<std::string> words(arguments.begin() + static_cast<std::ptrdiff_t>(first) + 1,
                                       arguments.end());
  CommandFlags flags;
  flags.compiler = arguments[first];
  const CompilerName name = compiler_name(flags.compiler);
  flags.kind = name.kind;
  flags.cxx = name.cxx;
  for (const std::string& word : words) {
    if (!word.starts_with("--driver-mode=") || name.kind == CompilerKind::Gcc) continue;
    const std::string mode = word.substr(14);
    flags.kind = mode == "cl" ? CompilerKind::Msvc : CompilerKind::Clang;
    flags.cxx = mode != "gcc";
  }
  const std::string folder = working_directory(words, directory);
  if (flags.kind == CompilerKind::Msvc) {
    read_cl(words, folder, flags);
    return flags;
  }
  FlagReader reader(flags, folder);
  reader.read(words);
  reader.finish();
  put_precompiled_first(flags);
  return flags;
}

}  // namespace snug
