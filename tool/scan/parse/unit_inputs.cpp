#include "scan/parse/unit_inputs.hpp"

#include <dlfcn.h>
#include <fmt/core.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <map>
#include <set>
#include <utility>

#include "base/digest.hpp"
#include "base/disk.hpp"
#include "base/packed.hpp"
#include "scan/parse/clang.hpp"

namespace snug {
namespace {

/// Variables of the environment that change what the front end reads.
constexpr auto variables = std::to_array<const char*>(
    {"CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "OBJC_INCLUDE_PATH", "OBJCPLUS_INCLUDE_PATH",
     "INCLUDE", "EXTERNAL_INCLUDE", "SDKROOT", "CCC_OVERRIDE_OPTIONS", "SOURCE_DATE_EPOCH",
     "COMPILER_PATH", "CLANG_CONFIG_FILE_SYSTEM_DIR", "CLANG_CONFIG_FILE_USER_DIR", "HOME"});

/// Flags that let the front end read what the inputs do not name.
constexpr auto hidden_inputs = std::to_array<std::string_view>({"-fmodule",
                                                                "-fprebuilt-module",
                                                                "-fimplicit-module",
                                                                "-fcxx-modules",
                                                                "-include-pch",
                                                                "-ivfsoverlay",
                                                                "-vfsoverlay",
                                                                "-fplugin",
                                                                "-load",
                                                                "-fprofile",
                                                                "-fsanitize-ignorelist",
                                                                "-fsanitize-blacklist",
                                                                "-fsanitize-coverage-",
                                                                "-fxray",
                                                                "--config",
                                                                "--embed-dir",
                                                                "-iwithprefix",
                                                                "-iframework",
                                                                "-F",
                                                                "-fapinotes",
                                                                "-fdepfile",
                                                                "-fxray-"});

constexpr std::int64_t second = 1'000'000'000;
/// Times of files are as old as the last tick of the kernel.
constexpr std::int64_t tick = second / 50;

std::int64_t nanoseconds(const timespec& time) {
  return static_cast<std::int64_t>(time.tv_sec) * second + time.tv_nsec;
}

std::int64_t now(clockid_t clock) {
  timespec time{};
  ::clock_gettime(clock, &time);
  return nanoseconds(time);
}

std::string with_folder(const std::string& name, const std::string& folder) {
  return name.starts_with('/') ? name : folder + "/" + name;
}

/// Why the inputs of this command cannot be told; empty if they can.
std::string refusal_of(const FrontEndCommand& command) {
  bool own_paths = false;
  for (const std::string& argument : command.arguments) {
    own_paths = own_paths || argument == "-nostdinc";
    const auto hidden = std::find_if(hidden_inputs.begin(), hidden_inputs.end(),
                                     [&](auto flag) { return argument.starts_with(flag); });
    if (hidden != hidden_inputs.end() || argument.find("=native") != std::string::npos ||
        argument.starts_with("-I=") || argument.starts_with("-isystem=")) {
      return fmt::format("the flag '{}' reads files that are not known", argument);
    }
  }
  return own_paths ? "" : "the folders of the system's headers are not known";
}

/// Every folder that the flags or the environment may name: what begins with a slash.
std::vector<std::string> searched_folders(const FrontEndCommand& command) {
  std::set<std::string> folders;
  const auto add = [&](std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash != std::string_view::npos) {
      folders.insert(normal_path(std::string(text.substr(slash)), "/"));
    }
  };
  for (std::size_t at = 0; at < command.arguments.size(); ++at) {
    // The folder of the unit is where relative names start; headers are not looked for in it.
    const bool starts_there = at >= 2 && command.arguments[at - 2] == "-working-directory";
    if (!starts_there) add(command.arguments[at]);
  }
  for (const char* variable : variables) {
    const char* const value = std::getenv(variable);
    if (value == nullptr || std::string_view(variable) == "HOME") continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(':'), rest.size());
      add(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return {folders.begin(), folders.end()};
}

bool is_in_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = 0; (at = text.find(word, at)) != std::string_view::npos;
       at += word.size()) {
    const bool begins = at == 0 || !is_in_word(text[at - 1]);
    const bool ends = at + word.size() == text.size() || !is_in_word(text[at + word.size()]);
    if (begins && ends) return true;
  }
  return false;
}

/// Words whose meaning is not in the texts: the time, files that no directive includes.
std::string_view outside_word(std::string_view text) {
  static constexpr auto words = std::to_array<std::string_view>(
      {"__DATE__", "__TIME__", "__TIMESTAMP__", "__has_embed", "include_alias"});
  const auto found =
      std::find_if(words.begin(), words.end(), [&](auto word) { return has_word(text, word); });
  return found == words.end() ? std::string_view() : *found;
}

/// One file that is included, and by which one.
struct Inclusion {
  CXFile file = nullptr;
  CXFile by = nullptr;  ///< Null: the unit itself, or a flag.
};

std::vector<Inclusion> inclusions_of(CXTranslationUnit unit) {
  std::vector<Inclusion> all;
  clang_getInclusions(
      unit,
      [](CXFile file, CXSourceLocation* stack, unsigned depth, CXClientData data) {
        CXFile by = nullptr;
        if (depth != 0) clang_getFileLocation(stack[0], &by, nullptr, nullptr, nullptr);
        static_cast<std::vector<Inclusion>*>(data)->push_back({file, by});
      },
      &all);
  return all;
}

/// Collects one parse.
class Collector {
 public:
  Collector(CXTranslationUnit unit, const FrontEndCommand& command, const ScanOptions& options,
            const std::vector<TextEdit>& edits, UnitInputs& inputs)
      : unit_(unit), command_(command), inputs_(inputs), state_(*options.files) {
    for (const TextEdit& edit : edits) edited_.insert(edit.file);
    for (const InputFile& file : inputs.files) known_.emplace(file.path, file.digest);
  }

  void collect(const std::vector<TextEdit>& edits, const ParseStart& start) {
    inputs_.folders = searched_folders(command_);
    for (const Inclusion& inclusion : inclusions_of(unit_)) add(inclusion);
    for (const TextEdit& edit : edits) add_lookups(edit.text, folder_of(edit.file));
    add_arguments();
    std::sort(inputs_.files.begin(), inputs_.files.end(),
              [](const InputFile& a, const InputFile& b) { return a.path < b.path; });
    std::vector<std::string> paths;
    for (const InputFile& file : inputs_.files) paths.push_back(file.path);
    inputs_.presence = state_.presence(paths, inputs_.folders, inputs_.lookups);
    check_times(start);
  }

 private:
  void refuse(std::string why) {
    if (inputs_.refusal.empty()) inputs_.refusal = std::move(why);
  }

  void add(const Inclusion& inclusion) {
    const std::string path = clang::path_of(inclusion.file);
    const std::string by = clang::path_of(inclusion.by);
    if (!by.empty() && !state_.spells(by, path)) add_computed(path, by);
    std::size_t size = 0;
    const char* const data = clang_getFileContents(unit_, inclusion.file, &size);
    const std::string_view text =
        data == nullptr ? std::string_view() : std::string_view(data, size);
    // An edited text is part of the question; what it was made from is the input.
    const std::string digest =
        edited_.contains(path) ? state_.digest(path).value_or("") : digest_of(text);
    const auto [known, fresh] = known_.emplace(path, digest);
    if (!fresh) {
      if (known->second != digest) refuse(fmt::format("{} changed while it was read", path));
      return;
    }
    const std::string raw =
        with_folder(clang::to_string(clang_getFileName(inclusion.file)), command_.directory);
    const std::string real = state_.real_path(path);
    if (raw != path && state_.real_path(raw) != real) {
      refuse(fmt::format("{} and {} are two files", raw, path));
    }
    if (!spelled_names(text).sure) {
      refuse(fmt::format("{} asks for a header by a computed name", path));
    }
    if (const auto word = outside_word(text); !word.empty()) {
      refuse(fmt::format("{} has {}", path, word));
    }
    inputs_.files.push_back({path, digest, real});
  }

  /// The names under which a file may have been looked for whose directive computes its name.
  void add_computed(const std::string& path, const std::string& by) {
    const std::string beside = folder_of(by);
    std::set<std::string> names;
    const auto add_from = [&](const std::string& folder) {
      if (folder != "/" && path.starts_with(folder + "/")) {
        names.insert(path.substr(folder.size() + 1));
      }
    };
    for (const std::string& folder : inputs_.folders) add_from(folder);
    add_from(beside);
    for (const std::string& name : names) {
      if (computed_.insert(beside + "\n" + name).second) inputs_.lookups.push_back({beside, name});
      if (!computed_.insert(name).second) continue;
      for (const std::string& folder : inputs_.folders) inputs_.lookups.push_back({folder, name});
    }
  }

  void add_lookups(std::string_view text, const std::string& beside) {
    for (const SpelledName& name : spelled_names(text).names) {
      inputs_.lookups.push_back({beside, name.name});
      for (const std::string& folder : inputs_.folders) {
        inputs_.lookups.push_back({folder, name.name});
      }
    }
  }

  /// Names that the flags spell: -include x.h (also as a compiled x.h.pch), -DCONFIG=<x.h>.
  void add_arguments() {
    for (std::size_t at = 0; at < command_.arguments.size(); ++at) {
      const std::string& argument = command_.arguments[at];
      add_lookups("#define " + argument, command_.directory);
      if (outside_word(argument).empty()) {
        const bool forced = argument == "-include" || argument == "-imacros";
        if (!forced || at + 1 == command_.arguments.size()) continue;
        std::string name = command_.arguments[at + 1];
        if (name == "-Xclang" && at + 2 < command_.arguments.size()) {
          name = command_.arguments[at + 2];
        }
        for (const char* end : {"", ".pch", ".gch"}) {
          add_lookups("#include \"" + name + end + "\"", command_.directory);
        }
      } else {
        refuse(fmt::format("the flag '{}' depends on the time", argument));
      }
    }
  }

  /// What changed since the parse began may have been seen, or not.
  void check_times(const ParseStart& start) {
    const std::int64_t passed = now(CLOCK_MONOTONIC) - start.passing;
    const std::int64_t told = now(CLOCK_REALTIME) - start.clock;
    if (told < passed - second / 10 || told > passed + second / 10) {
      return refuse("the clock was set while it was read");
    }
    for (const std::string& folder : state_.folders_read()) {
      struct stat info{};
      if (::stat(folder.c_str(), &info) == 0 && nanoseconds(info.st_ctim) > start.clock - tick) {
        return refuse(fmt::format("{} changed while it was read", folder));
      }
    }
  }

  CXTranslationUnit unit_;
  const FrontEndCommand& command_;
  UnitInputs& inputs_;
  InputState state_;
  std::set<std::string> edited_;
  std::map<std::string, std::string> known_;  ///< Path to digest.
  std::set<std::string> computed_;            ///< Lookups that have been added.
};

/// The front end that is loaded: two builds may call themselves the same.
const std::string& front_end_identity() {
  static const std::string identity = [] {
    std::string text = clang::to_string(clang_getClangVersion());
    Dl_info info{};
    struct stat file{};
    if (::dladdr(reinterpret_cast<const void*>(&clang_getClangVersion), &info) != 0 &&
        info.dli_fname != nullptr && ::stat(info.dli_fname, &file) == 0) {
      text += fmt::format("\n{}\n{}\n{}", info.dli_fname, file.st_size, nanoseconds(file.st_mtim));
    }
    return text;
  }();
  return identity;
}

}  // namespace

ParseStart start_parse() {
  return {now(CLOCK_REALTIME), now(CLOCK_MONOTONIC)};
}

void collect_inputs(CXTranslationUnit unit, const FrontEndCommand& command,
                    const ScanOptions& options, const std::vector<TextEdit>& edits,
                    const ParseStart& start, UnitInputs& inputs) {
  if (inputs.refusal.empty()) inputs.refusal = refusal_of(command);
  if (!inputs.refusal.empty()) return;
  Collector(unit, command, options, edits, inputs).collect(edits, start);
}

std::string unit_key(const FrontEndCommand& command, const ScanMeaning& meaning) {
  Packer key;
  key.text(front_end_identity());
  const auto& [file, directory, arguments, notes, failure, skipped, hint, compiler_headers,
               flags_key, layout_flags, target, cxx] = command;
  for (const std::string* text :
       {&file, &directory, &failure, &skipped, &hint, &compiler_headers, &flags_key, &target}) {
    key.text(*text);
  }
  for (const auto* texts : {&arguments, &notes, &layout_flags}) key.texts(*texts);
  key.number(cxx ? 1 : 0);
  const auto& [root, excludes, named_files, only_headers, query_drivers, wanted_target, cache_line,
               system_headers, layout_only, known] = meaning;
  std::vector<std::string> real;
  InputState state(disk_files());
  real.push_back(state.real_path(root));
  for (const auto* paths : {&named_files, &only_headers}) {
    for (const std::string& path : *paths) real.push_back(state.real_path(path));
  }
  for (const std::string* text : {&root, &wanted_target}) key.text(*text);
  for (const auto* texts : {&excludes, &named_files, &only_headers}) key.texts(*texts);
  key.texts(real);
  key.number(cache_line);
  key.number((system_headers ? 1U : 0U) | (layout_only ? 2U : 0U));
  key.text(known->digest());
  for (const char* variable : variables) {
    const char* const value = std::getenv(variable);
    key.text(value == nullptr ? std::string_view("\n") : std::string_view(value));
  }
  return key.bytes();
}

}  // namespace snug
