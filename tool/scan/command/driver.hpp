// From the command of a compile database to the command of the front end.
//
// The database may name any compiler; the front end is always libclang. What has to be carried over
// is everything that changes what the code means: language, macros, include paths, target. Implicit
// include paths are the compiler's own secret, so it is asked, once for each distinct set of flags
// that changes the answer. Only compilers with ordinary names in system folders are run unless
// ScanOptions::query_drivers allows more: a compile database is not a licence to run programs.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/process.hpp"
#include "scan/command/compile_database.hpp"
#include "scan/parse/scan.hpp"

namespace snug {

/// How the front end has to be called for one unit.
struct FrontEndCommand {
  std::string file;       ///< Absolute, normal.
  std::string directory;  ///< Absolute. Relative paths in flags have been made absolute with it.
  /// For clang_parseTranslationUnit2FullArgv: argv[0] and every flag, without the source file.
  std::vector<std::string> arguments;
  std::vector<std::string> notes;  ///< Sentences for Unit::problems: what was guessed or dropped.
  /// Not empty: the unit cannot be analysed (no such file, an unreadable response file), and why.
  std::string failure;
  std::string skipped;  ///< Not empty: the unit is not for this tool (assembler), and why.
  std::string hint;     ///< What may help if a header is not found; may be empty.
  /// The compiler's own builtin headers, in whose place the front end's are searched. Some are not
  /// part of the language but of the compiler's libraries (GCC: omp.h, quadmath.h). May be empty.
  std::string compiler_headers;
  std::string flags_key;  ///< Hash of layout_flags.
  /// The flags that can change a layout: no warnings, optimisation, debug information or code
  /// generation. In the order of the command, paths absolute.
  std::vector<std::string> layout_flags;
  std::string target;  ///< Triple; never empty.
  bool cxx = true;     ///< false: C.
};

/// What a compiler says about itself.
struct DriverFacts {
  bool known = false;  ///< false: it was not asked or gave no answer; `why` tells.
  std::string why;
  std::string
      asked;  ///< Path of the compiler that answered (not the named one if that may not run).
  std::string target;                      ///< As it prints it.
  std::string standard;                    ///< Its default: "gnu++17", "gnu17".
  std::vector<std::string> include_paths;  ///< Implicit ones, in order, builtin headers included.
};

/// A compiler that may be run in the place of the one that a command names.
struct ChosenCompiler {
  std::string path;      ///< Empty: none.
  std::string note;      ///< Not empty: another one than the command names, and why.
  bool trusted = false;  ///< Named by --query-driver.
};

/// The answers of compilers, and all else that is the same for many commands; kept for one run.
class DriverCache {
 public:
  DriverCache() : runner_(&own_) {}
  /// REQUIRES: the runner outlives it.
  explicit DriverCache(Runner& runner) : runner_(&runner) {}
  DriverCache(const DriverCache&) = delete;
  DriverCache& operator=(const DriverCache&) = delete;

  /// `key` names compiler and flags; `ask` is called the first time.
  template <class Ask>
  const DriverFacts& get(const std::string& key, Ask&& ask) {
    const auto found = facts_.find(key);
    return found != facts_.end() ? found->second : facts_.emplace(key, ask()).first->second;
  }
  [[nodiscard]] std::size_t size() const { return facts_.size(); }
  /// Which compiler is asked in the place of the one that `key` names; `choose` looks through the
  /// folders of programs, the first time.
  template <class Choose>
  const ChosenCompiler& choice(const std::string& key, Choose&& choose) {
    const auto found = choices_.find(key);
    return found != choices_.end() ? found->second : choices_.emplace(key, choose()).first->second;
  }
  [[nodiscard]] std::size_t choices() const { return choices_.size(); }
  /// The folder with the front end's builtin headers, looked for once. Throws Error if there is
  /// none.
  const std::string& builtin_folder();
  /// Who runs the compilers.
  [[nodiscard]] Runner& runner() const { return *runner_; }

 private:
  RealRunner own_;
  Runner* runner_;
  std::map<std::string, DriverFacts> facts_;
  std::map<std::string, ChosenCompiler> choices_;
  std::string builtin_folder_;
};

/// Translates a command. Never fails for odd flags: they go to the front end, whose complaints
/// complained_flag() reads. Throws Error only if the front end's own headers are missing.
[[nodiscard]] FrontEndCommand adapt(const CompileCommand& command, const ScanOptions& options,
                                    DriverCache& cache);

/// Reads a diagnostic that has no place in any file. If the front end complains about a flag that
/// it does not know and has ignored ("unknown argument: '-fipa-pta'"), the flag: the parse has gone
/// on without it, and the unit is not failed. Else nothing.
[[nodiscard]] std::optional<std::string> complained_flag(std::string_view diagnostic);

/// The folder with the front end's builtin headers (stddef.h, intrinsics), without "/include".
/// Looked for beside the loaded libclang first. Throws Error if there is none.
[[nodiscard]] std::string resource_directory();

/// Two triples that name the same target for layouts: vendor and the spelling of x86 do not count.
[[nodiscard]] bool same_target(std::string_view a, std::string_view b);

}  // namespace snug
