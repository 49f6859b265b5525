// Flags of the driver that the front end does not know are diagnostics of a parse that goes on.
// Flags that it cannot start with (an unknown -march=, a bad -std=) give no unit and no message;
// only then the flags are tried one by one on an empty file to find the one to blame.
#include "scan/parse/parse.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <utility>

#include "base/files.hpp"
#include "scan/command/driver_options.hpp"
#include "scan/command/front_end_texts.hpp"
#include "scan/parse/held_state.hpp"

namespace snug::clang {
namespace {

/// Path to the text that the front end is handed.
using Texts = std::map<std::string, std::string>;

constexpr std::size_t most_errors = 20;
constexpr std::size_t most_headers = 8;  // Of the compiler's own that one unit is given.

std::vector<const char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<const char*> pointers;
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  return pointers;
}

/// In the syntax of cl "/opt/a.c" is an option, "/o" with a value. Behind "--" it would be a file,
/// but so would what libclang adds to the end of the command.
std::string input_word(const std::vector<std::string>& arguments, const std::string& file) {
  return arguments.front() == "clang-cl" && file.starts_with('/') ? "/." + file : file;
}

TranslationUnit try_parse(CXIndex index, std::vector<std::string> arguments,
                          const std::string& file, unsigned flags, const Texts& texts) {
  arguments.push_back(input_word(arguments, file));
  const std::vector<const char*> pointers = pointers_to(arguments);
  std::vector<CXUnsavedFile> files;
  for (const auto& [path, text] : texts) {
    files.push_back({path.c_str(), text.data(), text.size()});
  }
  CXTranslationUnit unit = nullptr;
  clang_parseTranslationUnit2FullArgv(index, nullptr, pointers.data(),
                                      static_cast<int>(pointers.size()), files.data(),
                                      static_cast<unsigned>(files.size()), flags, &unit);
  return TranslationUnit(unit);
}

/// Parses a held unit with other texts; null if it is one of another command or cannot be parsed.
TranslationUnit parse_held(HeldUnit* held, const std::vector<std::string>& arguments,
                           const FrontEndCommand& command, const Texts& texts) {
  if (held == nullptr || held->state().unit == nullptr) return nullptr;
  const FrontEndCommand own = without_warnings(held->state().command);
  if (own.file != command.file || own.directory != command.directory ||
      own.arguments != arguments) {
    return nullptr;
  }
  TranslationUnit unit = std::move(held->state().unit);
  std::vector<CXUnsavedFile> files;
  for (const auto& [path, text] : texts) {
    files.push_back({path.c_str(), text.data(), text.size()});
  }
  const int problem = clang_reparseTranslationUnit(unit.get(), static_cast<unsigned>(files.size()),
                                                   files.data(), CXReparse_None);
  return problem == 0 ? std::move(unit) : nullptr;
}

bool starts(CXIndex index, const std::vector<std::string>& arguments, const std::string& file) {
  return try_parse(index, arguments, file, 0, {{file, ""}}) != nullptr;
}

/// A flag that the unit means something else without. It is never dropped.
bool is_essential(const std::string& flag) {
  return flag.starts_with("-std=") || flag.starts_with("/std:") || flag.starts_with("-std:") ||
         flag.starts_with("--target=") || flag == "-x";
}

/// Words of one flag: itself, what it wraps, its value.
std::size_t flag_words(const std::vector<std::string>& arguments, std::size_t at) {
  const std::string& flag = arguments[at];
  std::size_t words = 1;
  if (flag == "-Xclang") {
    const bool more = at + 3 < arguments.size() && arguments[at + 2] == flag;
    words = more && swallows_next(arguments[at + 1]) ? 4 : 2;
  } else if (swallows_next(flag)) {
    words = 2;
  }
  return std::min(words, arguments.size() - at);
}

bool may_be_to_blame(const std::vector<std::string>& arguments, std::size_t at) {
  const std::string& flag = arguments[at];
  if (flag == "-Xclang") {
    static constexpr auto needed = std::to_array<std::string_view>(
        {"-include", "-include-pch", "-imacros", "-internal-isystem", "-working-directory"});
    return at + 1 < arguments.size() &&
           std::find(needed.begin(), needed.end(), arguments[at + 1]) == needed.end();
  }
  return flag.starts_with("-m") || flag.starts_with("-f") || is_essential(flag);
}

std::vector<std::string> without(std::vector<std::string> arguments, std::size_t at,
                                 std::size_t words) {
  const auto first = arguments.begin() + static_cast<std::ptrdiff_t>(at);
  arguments.erase(first, first + static_cast<std::ptrdiff_t>(words));
  return arguments;
}

/// Compiled interfaces of modules hold the target as it was spelled: "pc" is the other spelling of
/// the vendor that everything else is parsed for.
TranslationUnit parse_for_modules(CXIndex index, std::vector<std::string>& arguments,
                                  const std::string& file, unsigned flags, const Texts& texts) {
  const bool imports = std::any_of(arguments.begin(), arguments.end(), [](const auto& argument) {
    return argument.starts_with("-fmodule-file=") ||
           argument.starts_with("-fprebuilt-module-path=");
  });
  const std::size_t vendor = arguments[1].find("-unknown-");
  if (!imports || vendor == std::string::npos) return nullptr;
  std::vector<std::string> others = arguments;
  others[1].replace(vendor, 9, "-pc-");
  TranslationUnit unit = try_parse(index, others, file, flags, texts);
  if (unit != nullptr) arguments = std::move(others);
  return unit;
}

/// Finds flags without any one of which the front end starts. Returns what was dropped or, if
/// nothing helps or the flag is essential, an empty list and the reason in `failure`.
std::vector<std::string> drop_to_start(CXIndex index, const FrontEndCommand& command,
                                       std::vector<std::string>& arguments, std::string& failure) {
  // Includes would only cost time here, and macros cannot keep the front end from starting.
  const std::string file = command.file;
  std::vector<std::string> dropped;
  std::vector<std::string> rest{arguments[0]};
  for (std::size_t at = 1, words = 0; at < arguments.size(); at += words) {
    words = flag_words(arguments, at);
    const auto first = arguments.begin() + static_cast<std::ptrdiff_t>(at);
    const auto last = first + static_cast<std::ptrdiff_t>(words);
    const std::string whole = fmt::format("{}", fmt::join(first, last, " "));
    if (!may_be_to_blame(arguments, at)) {
      rest.insert(rest.end(), first, last);
      continue;
    }
    if (is_essential(*first)) {
      rest.insert(rest.end(), first, last);
      continue;
    }
    dropped.push_back(whole);
    if (std::vector<std::string> others = without(arguments, at, words);
        starts(index, others, file)) {
      arguments = std::move(others);
      return {whole};
    }
  }
  if (!dropped.empty() && starts(index, rest, file)) {
    arguments = std::move(rest);
    return dropped;
  }
  failure = "the front end cannot be started with the flags of this unit";
  for (std::size_t at = 1; at < arguments.size(); at += flag_words(arguments, at)) {
    if (!is_essential(arguments[at])) continue;
    const std::size_t words = flag_words(arguments, at);
    if (!starts(index, without(arguments, at, words), file)) continue;
    const std::string value = words > 1 ? " " + arguments[at + 1] : "";
    failure = fmt::format("the front end does not accept '{}{}'", arguments[at], value);
    break;
  }
  return {};
}

/// "file:line:column: text", or the text alone where there is no place.
std::string sentence(CXDiagnostic diagnostic) {
  CXFile file = nullptr;
  unsigned line = 0;
  unsigned column = 0;
  clang_getFileLocation(clang_getDiagnosticLocation(diagnostic), &file, &line, &column, nullptr);
  std::string text = to_string(clang_getDiagnosticSpelling(diagnostic));
  return file == nullptr ? text : fmt::format("{}:{}:{}: {}", path_of(file), line, column, text);
}

/// The flag that the driver does not know. Its diagnostics have neither a place nor a category.
std::optional<std::string> unknown_flag(CXDiagnostic diagnostic) {
  CXFile file = nullptr;
  clang_getFileLocation(clang_getDiagnosticLocation(diagnostic), &file, nullptr, nullptr, nullptr);
  const bool of_driver =
      file == nullptr && to_string(clang_getDiagnosticCategoryText(diagnostic)).empty();
  if (!of_driver) return std::nullopt;
  return complained_flag(to_string(clang_getDiagnosticSpelling(diagnostic)));
}

void read_diagnostics(const FrontEndCommand& command, Parsed& parsed) {
  std::vector<std::string> errors;
  bool header_missing = false;
  // The unit itself gathers them anew for each that it is asked for.
  const CXDiagnosticSet all = clang_getDiagnosticSetFromTU(parsed.unit.get());
  const unsigned count = clang_getNumDiagnosticsInSet(all);
  for (unsigned at = 0; at < count; ++at) {
    const CXDiagnostic diagnostic = clang_getDiagnosticInSet(all, at);
    const bool error = clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error;
    const std::string text = to_string(clang_getDiagnosticSpelling(diagnostic));
    if (const auto flag = unknown_flag(diagnostic)) {
      parsed.problems.push_back(fmt::format("the flag '{}' is ignored: unknown to clang", *flag));
    } else if (error) {
      header_missing = header_missing || text.ends_with("file not found");
      errors.push_back(sentence(diagnostic));
    }
    clang_disposeDiagnostic(diagnostic);
  }
  clang_disposeDiagnosticSet(all);
  parsed.failed = parsed.failed || !errors.empty();
  if (errors.size() > most_errors) {
    const std::size_t more = errors.size() - most_errors;
    errors.resize(most_errors);
    errors.push_back(fmt::format("{} more errors", more));
  }
  parsed.problems.insert(parsed.problems.end(), errors.begin(), errors.end());
  if (header_missing && !command.hint.empty()) parsed.problems.push_back(command.hint);
}

/// A header that was not found and is one of the compiler's own; empty if there is none.
std::string missing_compiler_header(const FrontEndCommand& command, CXTranslationUnit unit) {
  if (command.compiler_headers.empty()) return "";
  static constexpr std::string_view end = "' file not found";
  std::string found;
  const CXDiagnosticSet all = clang_getDiagnosticSetFromTU(unit);
  const unsigned count = clang_getNumDiagnosticsInSet(all);
  for (unsigned at = 0; at < count && found.empty(); ++at) {
    const CXDiagnostic diagnostic = clang_getDiagnosticInSet(all, at);
    const std::string text = to_string(clang_getDiagnosticSpelling(diagnostic));
    if (text.starts_with("'") && text.ends_with(end)) {
      const std::string name = text.substr(1, text.size() - 1 - end.size());
      std::error_code error;
      if (std::filesystem::is_regular_file(command.compiler_headers + "/" + name, error)) {
        found = name;
      }
    }
    clang_disposeDiagnostic(diagnostic);
  }
  clang_disposeDiagnosticSet(all);
  return found;
}

/// Where the front end keeps its own builtin headers.
std::string builtin_folder(const std::vector<std::string>& arguments) {
  const auto name = std::find(arguments.begin(), arguments.end(), "-resource-dir");
  return arguments.end() - name < 2 ? "" : *std::next(name) + "/include";
}

/// Headers of the compiler that the front end lacks are read as if they were among its own, one by
/// one: the folder itself also has stdatomic.h and others, which the front end's include with
/// #include_next if there are any, and which need builtins of that compiler.
void add_compiler_headers(CXIndex index, const FrontEndCommand& command,
                          const std::vector<std::string>& arguments, unsigned flags, Texts texts,
                          const Files& files, Parsed& parsed) {
  const std::string folder = builtin_folder(arguments);
  for (std::size_t round = 0; round < most_headers && !folder.empty(); ++round) {
    const std::string name = missing_compiler_header(command, parsed.unit.get());
    const std::string path = folder + "/" + name;
    if (name.empty() || texts.contains(path)) return;
    auto text = files.read(command.compiler_headers + "/" + name);
    if (!text) return;
    texts.emplace(path, std::move(*text));
    TranslationUnit unit = try_parse(index, arguments, command.file, flags, texts);
    if (unit == nullptr) return;
    parsed.unit = std::move(unit);
  }
}

}  // namespace

bool is_about_flag(CXDiagnostic diagnostic) {
  return unknown_flag(diagnostic).has_value();
}

FrontEndCommand without_warnings(FrontEndCommand command) {
  const char* const flags[] = {"-w", "-Xclang", "-fno-spell-checking"};
  command.arguments.insert(command.arguments.end(), std::begin(flags), std::end(flags));
  return command;
}

Parsed parse(CXIndex index, const FrontEndCommand& command, unsigned flags, const Files& files,
             HeldUnit* held) {
  Parsed parsed;
  parsed.problems = command.notes;
  if (!command.failure.empty() || !command.skipped.empty()) {
    parsed.problems.push_back(!command.failure.empty() ? command.failure : command.skipped);
    parsed.failed = true;
    return parsed;
  }
  std::vector<std::string> arguments = command.arguments;
  const Texts texts = front_end_texts(command, files.texts());
  parsed.unit = parse_held(held, arguments, command, texts);
  if (parsed.unit == nullptr) {
    parsed.unit = try_parse(index, arguments, command.file, flags, texts);
  }
  if (parsed.unit == nullptr) {
    parsed.unit = parse_for_modules(index, arguments, command.file, flags, texts);
  }
  // Each round drops at least one flag, so that this ends.
  while (parsed.unit == nullptr) {
    std::string failure;
    const auto dropped = drop_to_start(index, command, arguments, failure);
    for (const std::string& flag : dropped) {
      parsed.problems.push_back(
          fmt::format("the flag '{}' is ignored: clang does not accept it", flag));
    }
    if (dropped.empty()) {
      parsed.problems.push_back(failure);
      parsed.failed = true;
      return parsed;
    }
    parsed.unit = try_parse(index, arguments, command.file, flags, texts);
  }
  add_compiler_headers(index, command, arguments, flags, texts, files, parsed);
  read_diagnostics(command, parsed);
  return parsed;
}

Index worker_index() {
  ::setenv("LIBCLANG_DISABLE_CRASH_RECOVERY", "1", 1);
  Index index(clang_createIndex(0, 0));
  clang_toggleCrashRecovery(0);
  return index;
}

Index shared_headers_index() {
  ::setenv("LIBCLANG_DISABLE_CRASH_RECOVERY", "1", 1);
  Index index(clang_createIndex(1, 0));
  clang_toggleCrashRecovery(0);
  return index;
}

Index preamble_index() {
  ::setenv("LIBCLANG_DISABLE_CRASH_RECOVERY", "1", 1);
  CXIndexOptions options{};
  options.Size = sizeof options;
  options.StorePreamblesInMemory = 1;
  Index index(clang_createIndexWithOptions(&options));
  clang_toggleCrashRecovery(0);
  return index;
}

}  // namespace snug::clang
