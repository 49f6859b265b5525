// An entry is one object of a compile database, in FOLDER/commands/HASH.json. The hash is that of
// folder, source and output, so that compiling again replaces the entry, and two configurations
// that write two objects keep both. Reading joins the entries to one list.
#include "scan/command/recorded_commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "scan/command/compile_database.hpp"
#include "scan/command/compiler_word.hpp"

namespace snug {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view commands_name = "commands";

/// Options whose value is the next word.
constexpr auto with_value = std::to_array<std::string_view>({"-o",
                                                             "-I",
                                                             "-D",
                                                             "-U",
                                                             "-include",
                                                             "-imacros",
                                                             "-isystem",
                                                             "-iquote",
                                                             "-idirafter",
                                                             "-iprefix",
                                                             "-iwithprefix",
                                                             "-isysroot",
                                                             "--sysroot",
                                                             "-MF",
                                                             "-MT",
                                                             "-MQ",
                                                             "-x",
                                                             "-arch",
                                                             "-target",
                                                             "-Xclang",
                                                             "-Xlinker",
                                                             "-Xassembler",
                                                             "-Xpreprocessor",
                                                             "-L",
                                                             "-l",
                                                             "-T",
                                                             "-u",
                                                             "-z",
                                                             "-framework",
                                                             "--param",
                                                             "-aux-info",
                                                             "-wrapper",
                                                             "-specs",
                                                             "-B",
                                                             "-iwithprefixbefore",
                                                             "-mllvm",
                                                             "-Xarch_host",
                                                             "-Xarch_device",
                                                             "-dumpbase",
                                                             "-dumpdir",
                                                             "-MJ"});

constexpr auto no_compile = std::to_array<std::string_view>(
    {"-E", "-M", "-MM", "--preprocess", "-###", "--version", "--help", "-dM"});

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string output_of(const std::vector<std::string>& arguments) {
  for (std::size_t at = 0; at + 1 < arguments.size(); ++at) {
    if (arguments[at] == "-o") return arguments[at + 1];
    if (arguments[at].starts_with("-o") && arguments[at].size() > 2) return arguments[at].substr(2);
  }
  return "";
}

/// A file that a build system compiles to find out what the compiler can do.
bool is_trial(std::string_view file) {
  constexpr auto marks = std::to_array<std::string_view>(
      {"/CMakeFiles/CMakeScratch/", "/CMakeFiles/CMakeTmp/", "/CompilerIdC/", "/CompilerIdCXX/",
       "/meson-private/", "/conftest."});
  return std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) {
    return file.find(mark) != std::string_view::npos;
  });
}

/// A JSON string of any bytes: who reads a compile database takes bytes that are no UTF-8.
std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

bool has_any(const fs::path& folder, std::initializer_list<const char*> names) {
  std::error_code error;
  return std::any_of(names.begin(), names.end(),
                     [&](const char* name) { return fs::exists(folder / name, error); });
}

}  // namespace

std::vector<std::string> compiled_sources(const std::vector<std::string>& arguments) {
  std::vector<std::string> sources;
  bool options = true;
  for (std::size_t at = compiler_word(arguments) + 1; at < arguments.size(); ++at) {
    const std::string& word = arguments[at];
    if (options && word == "--") {
      options = false;
    } else if (options && word.size() > 1 && word[0] == '-') {
      if (is_one_of(word, no_compile)) return {};
      if (is_one_of(word, with_value)) ++at;
    } else if (const Language language = language_of(word);
               language == Language::C || language == Language::Cxx) {
      sources.push_back(word);
    }
  }
  return sources;
}

void record_command(const std::string& folder, const std::vector<std::string>& arguments,
                    const std::string& directory) {
  const std::string output = output_of(arguments);
  for (const std::string& source : compiled_sources(arguments)) {
    const std::string file = normal_path(source, directory);
    if (is_trial(file)) continue;
    std::vector<std::string> words;
    for (const std::string& argument : arguments) words.push_back(json_string(argument));
    const std::string entry = fmt::format(
        "{{\"directory\": {}, \"file\": {}, \"output\": {}, \"arguments\": [{}]}}\n",
        json_string(directory), json_string(source), json_string(output), fmt::join(words, ", "));
    const fs::path commands = fs::path(folder) / commands_name;
    std::error_code error;
    fs::create_directories(commands, error);
    if (error) {
      throw Error(fmt::format("cannot make the folder {}: {}", commands.string(), error.message()));
    }
    const std::string key = directory + '\0' + file + '\0' + output;
    const std::string path = (commands / (hex_digest(key) + ".json")).string();
    if (disk_files().read(path) == entry) continue;  // every build would write them all again
    write_file_atomically(path, entry);
  }
}

std::string record_folder(const std::string& directory) {
  std::error_code error;
  for (const auto& name : {std::vector<const char*>{".snug"}, {".git", ".snug.toml"}}) {
    for (fs::path folder = directory;; folder = folder.parent_path()) {
      for (const char* one : name) {
        if (fs::exists(folder / one, error)) return (folder / ".snug").string();
      }
      if (folder == folder.parent_path()) break;
    }
  }
  // A build folder may lie up to two folders below the build file of the project.
  fs::path best = directory;
  int missing = 0;
  for (fs::path folder = directory; folder != folder.parent_path() && missing <= 2;
       folder = folder.parent_path()) {
    const bool built = has_any(folder, {"Makefile", "makefile", "GNUmakefile", "CMakeLists.txt",
                                        "meson.build", "build.ninja", "configure", "SConstruct"});
    missing = built ? 0 : missing + 1;
    if (built) best = folder;
  }
  return (best / ".snug").string();
}

std::optional<std::string> recorded_commands_in(const std::string& folder) {
  std::error_code error;
  for (const fs::path& path : {fs::path(folder) / commands_name,
                               fs::path(folder) / ".snug" / commands_name, fs::path(folder)}) {
    const bool own = path.filename() == commands_name;
    // Any project may have a folder of this name: one that is .snug's, or that has entries.
    if (!own || !fs::is_directory(path, error)) continue;
    const fs::directory_iterator entries(path, error);
    const bool recorded = std::any_of(begin(entries), end(entries), [](const auto& entry) {
      const std::string name = entry.path().filename().string();
      return name.size() == 37 && name.ends_with(".json");
    });
    if (recorded) return path.string();
  }
  return std::nullopt;
}

std::string recorded_database(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.size() == 37 && name.ends_with(".json")) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  std::string text = "[";
  for (const std::string& name : names) {
    text += text.size() > 1 ? ",\n" : "\n";
    text += read_file(folder + "/" + name);
  }
  return text + "]\n";
}

}  // namespace snug
