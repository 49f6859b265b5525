// How a command is translated:
//
// 1. Response files are expanded and the command is taken apart (driver_flags.hpp).
// 2. The compiler, or the nearest one that may run, says its target, its default standard and its
//    implicit include paths (driver_query.hpp).
// 3. Those replace the front end's own search: -nostdinc and the same folders in the same order,
//    except that the compiler's builtin headers (stddef.h, intrinsics) give way to the front end's.
//
// With --target for another machine the named compiler has nothing to say: its include paths and
// its machine flags are left out, and the front end looks for a cross toolchain as `clang
// --target=` does. Only x86 and x86_64 of one system share their headers; there the compiler is
// asked with -m32 or -m64.
#include "scan/command/driver.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/files.hpp"
#include "base/portable_text.hpp"
#include "scan/command/command_words.hpp"
#include "scan/command/compiler_word.hpp"
#include "scan/command/driver_flags.hpp"
#include "scan/command/driver_query.hpp"
#include "scan/command/foreign_compilers.hpp"
#include "scan/command/shell_forms.hpp"
#include "scan/command/unit_language.hpp"
#include "scan/records/targets.hpp"

namespace snug {
namespace {

namespace fs = std::filesystem;

/// True for ".../lib/gcc/TRIPLE/VERSION/include" and ".../lib/clang/VERSION/include".
bool is_builtin_folder(const std::string& path, std::string_view last = "include") {
  const fs::path folder = path;
  if (folder.filename() != last) return false;
  const fs::path version = folder.parent_path();
  const std::string gcc = version.parent_path().parent_path().filename().string();
  return gcc.starts_with("gcc") || version.parent_path().filename() == "clang";
}

bool is_cxx_library_folder(const std::string& path) {
  return path.find("/c++") != std::string::npos || path.find("/g++") != std::string::npos;
}

/// The compiler's folders with the front end's builtin headers in the place of its own.
std::vector<std::string> with_own_headers(const std::vector<std::string>& folders,
                                          const std::string& builtin) {
  std::vector<std::string> result;
  bool placed = false;
  for (const std::string& folder : folders) {
    if (is_builtin_folder(folder, "include-fixed")) continue;
    const bool theirs = is_builtin_folder(folder);
    if (theirs && placed) continue;
    placed = placed || theirs;
    result.push_back(theirs ? builtin : folder);
  }
  if (!placed) {
    result.insert(std::find_if_not(result.begin(), result.end(), is_cxx_library_folder), builtin);
  }
  return result;
}

/// The builtin headers that the front end's take the place of; empty if there are none.
std::string own_headers(const std::vector<std::string>& folders, const std::string& builtin) {
  for (const std::string& folder : folders) {
    if (is_builtin_folder(folder) && folder != builtin) return folder;
  }
  return {};
}

/// Flags of a command that names the compiler's builtin headers itself (Linux: -nostdinc -isystem).
void replace_builtin_folders(std::vector<std::string>& flags, const std::string& builtin) {
  static constexpr auto names =
      std::to_array<std::string_view>({"-isystem", "-I", "-idirafter", "-iquote"});
  for (std::string& flag : flags) {
    for (const std::string_view name : names) {
      if (flag.starts_with(name) && is_builtin_folder(flag.substr(name.size()))) {
        flag = std::string(name) + builtin;
      }
    }
  }
}

/// What is known of a unit's command while it is translated.
class Translation {
 public:
  Translation(const CompileCommand& command, const ScanOptions& options, DriverCache& cache)
      : command_(command), options_(options), cache_(cache) {
    result_.file = command.file;
    result_.directory = command.directory;
  }

  /// nvcc's -Xcompiler A,B is a list of flags for the compiler of the host.
  static std::vector<std::string> with_host_flags(const std::vector<std::string>& arguments) {
    std::vector<std::string> result;
    for (std::size_t at = 0; at < arguments.size(); ++at) {
      const std::string& word = arguments[at];
      std::string_view list;
      for (const std::string_view option : {"-Xcompiler", "--compiler-options"}) {
        if (word == option && at + 1 < arguments.size()) list = arguments[at + 1];
        if (word.starts_with(std::string(option) + "="))
          list = std::string_view(word).substr(option.size() + 1);
      }
      if (list.empty()) {
        result.push_back(word);
        continue;
      }
      at += word.find('=') == std::string::npos ? 1 : 0;
      while (!list.empty()) {
        const std::size_t end = std::min(list.find(','), list.size());
        if (end > 0) result.emplace_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
      }
    }
    return result;
  }

  /// `zig cc` and `zig c++` are clang.
  static void take_out_of_zig(std::vector<std::string>& arguments) {
    const std::size_t at = compiler_word(arguments);
    const std::string name = fs::path(arguments[at]).stem().string();
    if (name != "zig" || at + 1 >= arguments.size()) return;
    const std::string& command = arguments[at + 1];
    if (command != "cc" && command != "c++") return;
    arguments[at] = command == "cc" ? "clang" : "clang++";
    arguments.erase(arguments.begin() + static_cast<std::ptrdiff_t>(at) + 1);
  }

  FrontEndCommand run() {
    std::vector<std::string> arguments = with_host_flags(command_.arguments);
    take_out_of_zig(arguments);
    const bool windows =
        compiler_name(arguments.at(compiler_word(arguments))).kind == CompilerKind::Msvc;
    result_.failure =
        expand_response_files(arguments, command_.directory,
                              windows ? Quoting::Windows : Quoting::ResponseFile, *options_.files);
    flags_ = take_apart(arguments, command_.directory);
    result_.notes = flags_.notes;
    if (const std::string word = word_of_shell(arguments); !word.empty()) {
      result_.notes.push_back(fmt::format(
          "'{}' stands for flags that only the shell of the build knows; they are missing", word));
    }
    name_ = compiler_name(flags_.compiler);
    language_ = language_for(command_.file, flags_);
    result_.cxx = language_.find("++") != std::string::npos;
    check_file();
    check_input();
    choose_target();
    const DriverFacts facts = result_.skipped.empty() ? ask() : DriverFacts();
    finish_target(facts);
    write_arguments(facts);
    write_key(facts);
    return std::move(result_);
  }

 private:
  void check_file() {
    if (language_.empty()) {
      result_.skipped = "it is neither C nor C++";
      language_ = "c++";
    }
    std::error_code error;
    const fs::file_status status = fs::status(command_.file, error);
    if (!result_.failure.empty()) return;
    if (!fs::exists(status)) {
      result_.failure = "no such file";
      if (error && status.type() != fs::file_type::not_found) result_.failure = error.message();
    } else if (!fs::is_regular_file(status)) {
      result_.failure = "not a regular file";
    }
  }

  /// The entry names one file, and its command compiles another one. Entries for headers bear the
  /// command of a source that includes them.
  void check_input() {
    if (flags_.sources.empty() || language_of(command_.file) == Language::Header) return;
    const bool named =
        std::any_of(flags_.sources.begin(), flags_.sources.end(), [&](const std::string& source) {
          std::error_code error;
          return source == command_.file || fs::equivalent(source, command_.file, error);
        });
    if (named) return;
    result_.notes.push_back(
        fmt::format("its entry of the database has a command that compiles '{}'; '{}' was read "
                    "with those flags "
                    "(correct \"file\" or the command)",
                    flags_.sources.front(), fs::path(command_.file).filename().string()));
  }

  /// The target as far as command and options tell; may be empty.
  void choose_target() {
    std::string named = !flags_.target.empty() ? flags_.target : name_.target;
    for (const std::string& flag : flags_.kept) {
      if (flag == "-m32" || flag == "-m64" || flag == "-mx32") width_ = flag;
    }
    result_.target = plain_target(named);
    if (named.empty() && options_.target.empty()) refuse_foreign();
    if (options_.target.empty()) return;
    const std::string theirs = named.empty() ? host_target() : named;
    const std::string wanted = plain_target(options_.target);
    if (same_target(with_width(plain_target(theirs), width_), wanted)) {
      result_.target = plain_target(theirs);
      return;
    }
    const bool other_width = is_x86(theirs) && is_x86(wanted) &&
                             (same_target(with_width(plain_target(theirs), "-m32"), wanted) ||
                              same_target(with_width(plain_target(theirs), "-m64"), wanted));
    foreign_ = !other_width;
    const auto machine = [](const std::string& flag) { return is_machine_flag(flag); };
    std::erase_if(flags_.kept, machine);
    std::erase_if(flags_.query, machine);
    width_.clear();
    if (other_width) {
      width_ = wanted.starts_with("x86_64") ? "-m64" : "-m32";
      flags_.query.push_back(width_);
    }
    result_.target = wanted;
  }

  /// A compiler that is not for this machine, and does not say for which one.
  void refuse_foreign() {
    const std::string_view machines = foreign_compiler(flags_.compiler);
    if (machines.empty() || !result_.skipped.empty()) return;
    result_.skipped = fmt::format(
        "its compiler '{}' is for {}, with sizes that are not known here (--target TRIPLE reads "
        "it as for that machine)",
        flags_.compiler, machines);
  }

  DriverFacts ask() {
    DriverFacts facts;
    if (foreign_) {
      result_.hint = fmt::format(
          "the system headers of this machine are not those of '{}'; name a "
          "cross toolchain with --sysroot= in the flags",
          options_.target);
      return facts;
    }
    if (flags_.no_standard_includes || flags_.kind == CompilerKind::Msvc) return facts;
    const bool bare = flags_.compiler.find('/') == std::string::npos;
    const std::string choice =
        fmt::format("{}\n{}\n{}", flags_.compiler, bare ? std::string() : command_.directory,
                    fmt::join(options_.query_drivers, "\n"));
    const ChosenCompiler& compiler = cache_.choice(choice, [&] {
      return choose_compiler(flags_.compiler, command_.directory, options_.query_drivers);
    });
    if (!compiler.note.empty()) result_.notes.push_back(compiler.note);
    if (compiler.path.empty()) return facts;
    std::vector<std::string> query = flags_.query;
    if (compiler_name(compiler.path).kind == CompilerKind::Clang && !flags_.target.empty()) {
      query.push_back("--target=" + flags_.target);
    }
    if (compiler.trusted) {
      query.insert(query.end(), flags_.unsafe.begin(), flags_.unsafe.end());
    } else if (!flags_.unsafe.empty()) {
      result_.notes.push_back(fmt::format(
          "'{}' was not passed to '{}', as it can run other programs (--query-driver='{}' "
          "passes it)",
          fmt::join(flags_.unsafe, " "), compiler.path, flags_.compiler));
    }
    const std::string language = result_.cxx ? "c++" : "c";
    const std::string key =
        fmt::format("{}\n{}\n{}", compiler.path, language, fmt::join(query, "\n"));
    const DriverFacts& answer = cache_.get(
        key, [&] { return ask_compiler(compiler.path, language, query, cache_.runner()); });
    if (!answer.known) {
      result_.notes.push_back(fmt::format(
          "the compiler '{}' did not report its include paths ({}); clang's own are used",
          compiler.path, answer.why));
    }
    return answer;
  }

  void finish_target(const DriverFacts& facts) {
    if (result_.target.empty()) {
      result_.target = plain_target(facts.known ? facts.target : host_target());
      if (flags_.kind == CompilerKind::Msvc) result_.target = "x86_64-pc-windows-msvc";
    }
    result_.target = with_width(result_.target, width_);
  }

  void write_arguments(const DriverFacts& facts) {
    const std::string& resources = cache_.builtin_folder();
    const std::string builtin = resources + "/include";
    std::vector<std::string>& out = result_.arguments;
    replace_builtin_folders(flags_.kept, builtin);
    const bool cl = flags_.kind == CompilerKind::Msvc;
    out = {cl ? "clang-cl" : result_.cxx ? "clang++" : "clang", "--target=" + result_.target};
    if (flags_.standard.empty() && !facts.standard.empty()) {
      out.push_back("-std=" + facts.standard);  // in front: a standard takes back -trigraphs
    }
    out.insert(out.end(), flags_.kept.begin(), flags_.kept.end());
    out.insert(out.end(), {"-resource-dir", resources, "-Wno-unknown-warning-option"});
    out.insert(out.end(), {"-Xclang", "-working-directory", "-Xclang", command_.directory});
    if (facts.known) {
      out.emplace_back("-nostdinc");
      result_.compiler_headers = own_headers(facts.include_paths, builtin);
      for (const std::string& folder : with_own_headers(facts.include_paths, builtin)) {
        out.insert(out.end(), {"-Xclang", "-internal-isystem", "-Xclang", folder});
      }
    }
    out.insert(out.end(), {"-x", language_});
  }

  void write_key(const DriverFacts& facts) {
    std::vector<std::string>& layout = result_.layout_flags;
    std::copy_if(flags_.kept.begin(), flags_.kept.end(), std::back_inserter(layout),
                 changes_layout);
    if (flags_.standard.empty() && !facts.standard.empty()) {
      layout.push_back("-std=" + facts.standard);
    }
    std::string text = fmt::format("{}\n{}\n", result_.target, language_);
    for (const std::string& flag : layout) text += flag + '\0';
    text += '\n';
    for (const std::string& folder : facts.include_paths) text += folder + '\0';
    // The same wherever the project is.
    const PortableFolder root{'r', options_.root};
    const std::span<const PortableFolder> places(&root, options_.root.size() > 1 ? 1 : 0);
    result_.flags_key = sha256_hex(to_portable(std::move(text), places)).substr(0, 16);
  }

  const CompileCommand& command_;
  const ScanOptions& options_;
  DriverCache& cache_;
  FrontEndCommand result_;
  CommandFlags flags_;
  CompilerName name_;
  std::string language_;
  std::string width_;     // -m32, -m64, -mx32 or empty
  bool foreign_ = false;  // --target asks for another machine than the command
};

/// The text between the first pair of quotes after `at`.
std::optional<std::string> quoted(std::string_view text, std::size_t at = 0) {
  const std::size_t begin = text.find('\'', at);
  if (begin == std::string_view::npos) return std::nullopt;
  const std::size_t end = text.find('\'', begin + 1);
  if (end == std::string_view::npos) return std::nullopt;
  return std::string(text.substr(begin + 1, end - begin - 1));
}

}  // namespace

FrontEndCommand adapt(const CompileCommand& command, const ScanOptions& options,
                      DriverCache& cache) {
  if (!command.broken.empty()) {
    FrontEndCommand result;
    result.file = command.file;
    result.directory = command.directory;
    result.failure = command.broken;
    result.target = host_target();
    result.flags_key = sha256_hex(command.broken).substr(0, 16);
    return result;
  }
  return Translation(command, options, cache).run();
}

std::optional<std::string> complained_flag(std::string_view diagnostic) {
  static constexpr auto beginnings = std::to_array<std::string_view>(
      {"unknown argument", "unsupported option", "optimization flag", "invalid option",
       "unknown platform", "unsupported command line argument"});
  const bool about_flag = std::any_of(beginnings.begin(), beginnings.end(),
                                      [&](auto text) { return diagnostic.starts_with(text); });
  if (about_flag) return quoted(diagnostic);
  if (!diagnostic.starts_with("unsupported argument") &&
      !diagnostic.starts_with("invalid argument")) {
    return std::nullopt;
  }
  // "unsupported argument 'foo' to option '-fsanitize='"
  const auto value = quoted(diagnostic);
  const std::size_t option = diagnostic.find("to option ");
  if (!value || option == std::string_view::npos) return value;
  const auto name = quoted(diagnostic, option);
  return name ? std::optional(*name + *value) : value;
}

}  // namespace snug
