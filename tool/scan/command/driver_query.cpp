#include "scan/command/driver_query.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <sstream>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/glob.hpp"
#include "base/process.hpp"

namespace snug {
namespace {

namespace fs = std::filesystem;

// Folders that only the administrator or a package manager writes to.
constexpr auto system_folders = std::to_array<std::string_view>(
    {"/usr/bin/*", "/bin/*", "/usr/local/bin/*", "/usr/lib/llvm-*/bin/*", "/usr/lib/gcc*/**/*",
     "/usr/lib/ccache/*", "/opt/*/bin/*", "/opt/*/*/bin/*", "/opt/homebrew/**/bin/*",
     "/usr/local/opt/*/bin/*", "/nix/store/*/bin/*"});

/// Removes "-12", "-12.2.0" or "12" from the end.
std::string_view without_version(std::string_view name) {
  const std::size_t end = name.find_last_not_of("0123456789.");
  if (end == std::string_view::npos) return name;
  name = name.substr(0, end + 1);
  if (name.ends_with("-")) name.remove_suffix(1);
  return name;
}

/// Removes the thread model that the compilers of MinGW end with in distributions.
std::string_view without_thread_model(std::string_view name) {
  for (const std::string_view model : {"-posix", "-win32", "-mcf"}) {
    if (name.ends_with(model)) return name.substr(0, name.size() - model.size());
  }
  return name;
}

/// The beginning of a compiler's name: "arm-none-eabi", "x86_64-linux-gnu", "avr", but not "my".
bool is_target(std::string_view prefix) {
  if (std::count(prefix.begin(), prefix.end(), '-') > 0) return true;
  static constexpr auto processors = std::to_array<std::string_view>(
      {"avr",         "msp430",  "arm",       "aarch64", "x86_64",  "i386",   "i486",
       "i586",        "i686",    "riscv32",   "riscv64", "mips",    "mipsel", "mips64",
       "mips64el",    "powerpc", "powerpc64", "sparc",   "sparc64", "s390x",  "sh4",
       "powerpc64le", "m68k",    "wasm32",    "wasm64",  "hexagon", "bpf",    "loongarch64"});
  return std::find(processors.begin(), processors.end(), prefix) != processors.end();
}

bool is_masquerade(const std::string& path) {
  std::error_code error;
  const std::string real = fs::canonical(path, error).filename().string();
  return !error && (real == "ccache" || real == "distcc" || real == "sccache" || real == "icecc" ||
                    real == "colorgcc");
}

/// The program itself where a name leads to a compiler cache that only pretends to be it.
std::string behind_masquerade(const std::string& path) {
  if (!is_masquerade(path)) return path;
  const std::string name = fs::path(path).filename().string();
  for (unsigned skip = 0;; ++skip) {
    std::string candidate = find_program(name, skip);
    if (candidate.empty() || !is_masquerade(candidate)) return candidate;
  }
}

bool in_system_folder(const std::string& path) {
  return std::any_of(system_folders.begin(), system_folders.end(),
                     [&](std::string_view glob) { return glob_matches(glob, path); });
}

bool allowed_by(const std::vector<std::string>& globs, const std::string& named,
                const std::string& path) {
  return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) {
    return glob_matches(glob, path) || glob_matches(glob, named);
  });
}

bool may_run(const std::string& path) {
  return !path.empty() && compiler_name(path).ordinary && in_system_folder(path);
}

/// An ordinary compiler of the same kind: same name first, then without version, then any.
std::string nearest_of_kind(const std::string& named) {
  const CompilerName name = compiler_name(named);
  const std::string base = fs::path(named).filename().string();
  const bool clang = name.kind == CompilerKind::Clang;
  const std::string plain = clang ? (name.cxx ? "clang++" : "clang") : (name.cxx ? "g++" : "gcc");
  std::vector<std::string> candidates{base, std::string(without_version(base))};
  if (!name.target.empty()) {
    candidates.push_back(fmt::format("{}-{}", name.target, plain));
  } else {
    candidates.push_back(plain);
    candidates.emplace_back(name.cxx ? "c++" : "cc");
  }
  for (const std::string& candidate : candidates) {
    const std::string path = behind_masquerade(find_program(candidate));
    if (may_run(path)) return path;
  }
  return "";
}

struct Standard {
  long value;
  std::string_view name;
};

// Drafts count up to the standard that they became.
constexpr std::array cxx_standards{Standard{199711, "gnu++98"}, Standard{201103, "gnu++11"},
                                   Standard{201402, "gnu++14"}, Standard{201703, "gnu++17"},
                                   Standard{202002, "gnu++20"}, Standard{202302, "gnu++23"}};
constexpr std::array c_standards{Standard{199409, "gnu89"}, Standard{199901, "gnu99"},
                                 Standard{201112, "gnu11"}, Standard{201710, "gnu17"},
                                 Standard{202311, "gnu23"}};

std::string standard_named(long value, const auto& table, std::string_view newest) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Standard& row) { return value <= row.value; });
  return std::string(found == table.end() ? newest : found->name);
}

/// The value of `#define NAME 201703L`; 0 if it is not defined.
long macro_value(const std::string& macros, std::string_view name) {
  const std::string wanted = fmt::format("#define {} ", name);
  std::size_t at = macros.starts_with(wanted) ? 0 : macros.find("\n" + wanted);
  if (at == std::string::npos) return 0;
  at = macros.find(wanted, at) + wanted.size();
  long value = 0;
  std::from_chars(macros.data() + at, macros.data() + macros.size(), value);
  return value;
}

std::string last_message(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  const std::size_t end = text.rfind('\n');
  if (end != std::string_view::npos) text.remove_prefix(end + 1);
  return text.empty() ? "it printed no include paths" : std::string(text);
}

/// The flags that any compiler of the last decades knows.
std::vector<std::string> basic(const std::vector<std::string>& flags) {
  std::vector<std::string> result;
  for (const std::string& flag : flags) {
    if (flag == "-m32" || flag == "-m64" || flag == "-mx32" || flag.starts_with("--sysroot=")) {
      result.push_back(flag);
    }
  }
  return result;
}

}  // namespace

CompilerName compiler_name(const std::string& path) {
  CompilerName result;
  std::string base = path.substr(path.find_last_of("/\\") + 1);  // Windows' spelling, too
  for (const std::string_view suffix : {".exe", ".bat", ".py"}) {
    if (base.ends_with(suffix)) base.resize(base.size() - suffix.size());
  }
  const std::string_view name = without_version(without_thread_model(base));
  if (name == "emcc" || name == "em++") {
    return {CompilerKind::Clang, name == "em++", false, "wasm32-unknown-emscripten"};
  }
  if (name == "cl" || name == "clang-cl") {
    result.kind = CompilerKind::Msvc;
    return result;
  }
  static constexpr auto plain =
      std::to_array<std::string_view>({"clang++", "clang", "g++", "gcc", "c++", "cc"});
  for (const std::string_view word : plain) {
    if (!name.ends_with(word)) continue;
    const std::string_view before = name.substr(0, name.size() - word.size());
    const bool target = before.ends_with('-') && is_target(before.substr(0, before.size() - 1));
    result.ordinary = before.empty() || target;
    if (target) result.target = std::string(before.substr(0, before.size() - 1));
    break;
  }
  result.kind =
      name.find("clang") != std::string_view::npos || name.find("icpx") != std::string_view::npos
          ? CompilerKind::Clang
          : CompilerKind::Gcc;
  result.cxx =
      name.find("++") != std::string_view::npos || name.ends_with("icpx") || name.ends_with("cxx");
  return result;
}

ChosenCompiler choose_compiler(const std::string& named, const std::string& directory,
                               const std::vector<std::string>& globs) {
  ChosenCompiler chosen;
  const bool bare = named.find('/') == std::string::npos;
  std::string path = bare ? find_program(named) : normal_path(named, directory);
  if (!bare && find_program(path).empty()) path.clear();
  if (!path.empty() && allowed_by(globs, named, path)) {
    chosen.path = path;
    chosen.trusted = true;
    return chosen;
  }
  const bool exists = !path.empty();
  if (exists) path = behind_masquerade(path);
  if (may_run(path)) {
    chosen.path = path;
    return chosen;
  }
  chosen.path = nearest_of_kind(named);
  const std::string instead = chosen.path.empty()
                                  ? "the front end's own include paths are used"
                                  : fmt::format("the include paths of '{}' are used", chosen.path);
  chosen.note = exists
                    ? fmt::format(
                          "the compiler '{}' was not run, as it is not an ordinary one; "
                          "{} (--query-driver='{}' lets it run)",
                          named, instead, named)
                    : fmt::format("the compiler '{}' is not on this machine; {}", named, instead);
  return chosen;
}

DriverFacts read_answer(const std::string& macros, const std::string& messages) {
  DriverFacts facts;
  std::istringstream lines(messages);
  bool listing = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("Target: ")) facts.target = line.substr(8);
    if (line == "End of search list.") listing = false;
    if (listing && line.starts_with(' ') && line.find("(framework directory)") == line.npos) {
      facts.include_paths.push_back(normal_path(line.substr(1), "/"));
    }
    if (line == "#include <...> search starts here:") {
      listing = true;
      facts.include_paths.clear();
    }
  }
  const long cxx = macro_value(macros, "__cplusplus");
  if (cxx != 0) {
    facts.standard = standard_named(cxx, cxx_standards, "gnu++26");
  } else if (!macros.empty()) {
    facts.standard = standard_named(macro_value(macros, "__STDC_VERSION__"), c_standards, "gnu2y");
  }
  facts.known = !facts.include_paths.empty() && !facts.target.empty();
  return facts;
}

DriverFacts ask_compiler(const std::string& path, const std::string& language,
                         const std::vector<std::string>& flags, Runner& runner) {
  DriverFacts facts;
  ProgramOptions options;
  options.directory = "/";
  options.environment = {"LC_ALL=C", "CCACHE_DISABLE=1"};
  for (const auto& tried : {flags, basic(flags), std::vector<std::string>{}}) {
    std::vector<std::string> arguments{path};
    arguments.insert(arguments.end(), tried.begin(), tried.end());
    for (const char* word : {"-E", "-v", "-dM", "-x", language.c_str(), "/dev/null"}) {
      arguments.emplace_back(word);
    }
    try {
      const ProgramResult result = runner.run(arguments, options);
      if (result.ok()) facts = read_answer(result.out, result.err);
      if (!facts.known) {
        facts.why = result.timed_out ? "it did not answer in time" : last_message(result.err);
      }
      if (result.timed_out) return facts;
    } catch (const Interrupted&) {
      throw;
    } catch (const Error& error) {
      facts.why = error.what();
      return facts;
    }
    if (facts.known) {
      facts.asked = path;
      return facts;
    }
  }
  return facts;
}

}  // namespace snug
