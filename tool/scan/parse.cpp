// Flags of the driver that the front end does not know are diagnostics of a parse that goes on.
// Flags that it cannot start with (an unknown -march=, a bad -std=) give no unit and no message;
// only then the flags are tried one by one on an empty file to find the one to blame.
#include "scan/parse.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>

namespace snug::clang {
namespace {

constexpr std::size_t most_errors = 20;

std::vector<const char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<const char*> pointers;
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  return pointers;
}

TranslationUnit try_parse(CXIndex index, std::vector<std::string> arguments,
                          const std::string& file, unsigned flags,
                          const std::vector<UnsavedFile>& unsaved) {
  arguments.push_back(file);
  const std::vector<const char*> pointers = pointers_to(arguments);
  std::vector<CXUnsavedFile> files;
  for (const UnsavedFile& one : unsaved) {
    files.push_back({one.path.c_str(), one.text.data(), one.text.size()});
  }
  CXTranslationUnit unit = nullptr;
  clang_parseTranslationUnit2FullArgv(index, nullptr, pointers.data(),
                                      static_cast<int>(pointers.size()), files.data(),
                                      static_cast<unsigned>(files.size()), flags, &unit);
  return TranslationUnit(unit);
}

bool starts(CXIndex index, const std::vector<std::string>& arguments, const std::string& file) {
  return try_parse(index, arguments, file, 0, {{file, ""}}) != nullptr;
}

/// A flag that the unit means something else without. It is never dropped.
bool is_essential(const std::string& flag) {
  return flag.starts_with("-std=") || flag.starts_with("--target=") || flag == "-x";
}

bool may_be_to_blame(const std::string& flag) {
  return flag.starts_with("-m") || flag.starts_with("-f") || is_essential(flag);
}

/// Finds flags without any one of which the front end starts. Returns what was dropped or, if
/// nothing helps or the flag is essential, an empty list and the reason in `failure`.
std::vector<std::string> drop_to_start(CXIndex index, const FrontEndCommand& command,
                                       std::vector<std::string>& arguments, std::string& failure) {
  // Includes would only cost time here, and macros cannot keep the front end from starting.
  const std::string file = command.file;
  for (std::size_t at = 1; at < arguments.size(); ++at) {
    if (!may_be_to_blame(arguments[at])) continue;
    const std::string flag = arguments[at];
    std::vector<std::string> others = arguments;
    const auto place = others.begin() + static_cast<std::ptrdiff_t>(at);
    others.erase(place, place + (flag == "-x" ? 2 : 1));
    if (!starts(index, others, file)) continue;
    if (is_essential(flag)) {
      const std::string value = flag == "-x" ? " " + arguments[at + 1] : "";
      failure = fmt::format("the front end does not accept '{}{}'", flag, value);
      return {};
    }
    arguments = std::move(others);
    return {flag};
  }
  std::vector<std::string> dropped;
  std::vector<std::string> others;
  for (const std::string& flag : arguments) {
    const bool drop = may_be_to_blame(flag) && !is_essential(flag);
    (drop ? dropped : others).push_back(flag);
  }
  if (!dropped.empty() && starts(index, others, file)) {
    arguments = std::move(others);
    return dropped;
  }
  failure = "the front end cannot be started with the flags of this unit";
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
  const unsigned count = clang_getNumDiagnostics(parsed.unit.get());
  for (unsigned at = 0; at < count; ++at) {
    const CXDiagnostic diagnostic = clang_getDiagnostic(parsed.unit.get(), at);
    const bool error = clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error;
    const std::string text = to_string(clang_getDiagnosticSpelling(diagnostic));
    if (const auto flag = unknown_flag(diagnostic)) {
      parsed.problems.push_back(
          fmt::format("the flag '{}' was left out: the front end does not know it", *flag));
    } else if (error) {
      header_missing = header_missing || text.ends_with("file not found");
      errors.push_back(sentence(diagnostic));
    }
    clang_disposeDiagnostic(diagnostic);
  }
  parsed.failed = parsed.failed || !errors.empty();
  if (errors.size() > most_errors) {
    const std::size_t more = errors.size() - most_errors;
    errors.resize(most_errors);
    errors.push_back(fmt::format("{} more errors", more));
  }
  parsed.problems.insert(parsed.problems.end(), errors.begin(), errors.end());
  if (header_missing && !command.hint.empty()) parsed.problems.push_back(command.hint);
}

/// True if a header that was not found is one of the compiler's own.
bool lacks_compiler_header(const FrontEndCommand& command, CXTranslationUnit unit) {
  if (command.compiler_headers.empty()) return false;
  static constexpr std::string_view end = "' file not found";
  bool found = false;
  const unsigned count = clang_getNumDiagnostics(unit);
  for (unsigned at = 0; at < count && !found; ++at) {
    const CXDiagnostic diagnostic = clang_getDiagnostic(unit, at);
    const std::string text = to_string(clang_getDiagnosticSpelling(diagnostic));
    if (text.starts_with("'") && text.ends_with(end)) {
      const std::string name = text.substr(1, text.size() - 1 - end.size());
      std::error_code error;
      found = std::filesystem::is_regular_file(command.compiler_headers + "/" + name, error);
    }
    clang_disposeDiagnostic(diagnostic);
  }
  return found;
}

}  // namespace

bool is_about_flag(CXDiagnostic diagnostic) {
  return unknown_flag(diagnostic).has_value();
}

Parsed parse(CXIndex index, const FrontEndCommand& command, unsigned flags,
             const std::vector<UnsavedFile>& unsaved) {
  Parsed parsed;
  parsed.problems = command.notes;
  if (!command.failure.empty() || !command.skipped.empty()) {
    parsed.problems.push_back(!command.failure.empty() ? command.failure : command.skipped);
    parsed.failed = true;
    return parsed;
  }
  std::vector<std::string> arguments = command.arguments;
  parsed.unit = try_parse(index, arguments, command.file, flags, unsaved);
  // Each round drops at least one flag, so that this ends.
  while (parsed.unit == nullptr) {
    std::string failure;
    const auto dropped = drop_to_start(index, command, arguments, failure);
    for (const std::string& flag : dropped) {
      parsed.problems.push_back(
          fmt::format("the flag '{}' was left out: the front end does not accept it", flag));
    }
    if (dropped.empty()) {
      parsed.problems.push_back(failure);
      parsed.failed = true;
      return parsed;
    }
    parsed.unit = try_parse(index, arguments, command.file, flags, unsaved);
  }
  if (lacks_compiler_header(command, parsed.unit.get())) {
    // Only then, and behind all others: most of these headers need builtins of that compiler.
    arguments.insert(arguments.end(), {"-idirafter", command.compiler_headers});
    TranslationUnit again = try_parse(index, arguments, command.file, flags, unsaved);
    if (again != nullptr) parsed.unit = std::move(again);
  }
  read_diagnostics(command, parsed);
  return parsed;
}

Index worker_index() {
  ::setenv("LIBCLANG_DISABLE_CRASH_RECOVERY", "1", 1);
  Index index(clang_createIndex(0, 0));
  clang_toggleCrashRecovery(0);
  return index;
}

}  // namespace snug::clang
