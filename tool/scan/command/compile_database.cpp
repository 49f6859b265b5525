// Build systems write paths as the bytes that they are, JSON wants UTF-8. Bytes that are not UTF-8
// are therefore carried through the JSON parser as private-use characters and turned back after it.
#include "scan/command/compile_database.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/visible_text.hpp"
#include "scan/command/command_words.hpp"
#include "scan/command/recorded_commands.hpp"
#include "scan/command/shell_forms.hpp"

namespace snug {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr std::string_view database_name = "compile_commands.json";
constexpr std::string_view what_to_do =
    "; let the build system write it again (CMake: -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, "
    "Meson and Ninja: ninja -t compdb, make: bear -- make)";

/// One of the characters that stand for hidden bytes. Where a database has one itself, its bytes
/// are hidden one by one, so that nothing is lost.
bool is_hidden_byte(std::string_view text) {
  return text.size() >= 4 && text.starts_with("\xF4\x8F") &&
         static_cast<unsigned char>(text[2]) >= 0xBC;
}

// The byte b becomes the private-use character U+10FF00 + b, in UTF-8 F4 8F and two more bytes.
std::string hide_bytes(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = is_hidden_byte(text) ? 0 : utf8_length(text);
    if (length != 0) {
      result.append(text.substr(0, length));
    } else {
      const unsigned code = 0xFF00U + static_cast<unsigned char>(text[0]);
      result += "\xF4\x8F";
      result += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
      result += static_cast<char>(0x80U | (code & 0x3FU));
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return result;
}

std::string reveal_bytes(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool hidden = is_hidden_byte(text.substr(at));
    if (!hidden) {
      result += text[at];
      continue;
    }
    const unsigned code = ((static_cast<unsigned char>(text[at + 2]) & 0x3FU) << 6U) |
                          (static_cast<unsigned char>(text[at + 3]) & 0x3FU);
    result += static_cast<char>(code & 0xFFU);
    at += 3;
  }
  return result;
}

std::size_t line_at(std::string_view text, std::size_t offset) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
  return 1 + static_cast<std::size_t>(std::count(text.begin(), end, '\n'));
}

/// Where the element of the outermost array begins. REQUIRES: the text is valid JSON.
std::size_t offset_of_element(std::string_view text, std::size_t index) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    const bool blank_byte = byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
    if (!quoted && depth == 1 && index == 0 && !blank_byte) return at;
    if (quoted) {
      if (byte == '\\') ++at;
      quoted = byte != '"';
    } else if (byte == '"') {
      quoted = true;
    } else if (byte == '[' || byte == '{') {
      ++depth;
    } else if (byte == ']' || byte == '}') {
      --depth;
    } else if (byte == ',' && depth == 1) {
      --index;
    }
  }
  return text.size();
}

[[noreturn]] void reject(const std::string& path, std::size_t line, std::string_view why) {
  throw Error(
      fmt::format("{}:{}: not a usable compile database: {}{}", path, line, why, what_to_do));
}

/// The text with 0 in the place of every number: no number in a database means anything, and one
/// that is too large for a double ends the parse.
std::string without_numbers(std::string_view text) {
  std::string result;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    if (quoted) {
      result += byte;
      if (byte == '\\' && at + 1 < text.size()) result += text[++at];
      quoted = byte != '"';
    } else if ((byte >= '0' && byte <= '9') || byte == '-') {
      result += '0';
      at = std::min(text.find_first_not_of("0123456789.eE+-", at), text.size()) - 1;
    } else {
      result += byte;
      quoted = byte == '"';
    }
  }
  return result;
}

json parse(const std::string& path, const std::string& text) {
  try {
    return json::parse(text);
  } catch (const json::parse_error& error) {
    const bool ended = error.byte > text.size();
    reject(path, line_at(text, error.byte),
           ended ? "the file ends in the middle (truncated?)" : "this is not JSON");
  } catch (const json::out_of_range&) {
    return parse(path, without_numbers(text));
  }
}

/// A member of an entry that is a string; nothing if it is absent or something else.
std::optional<std::string> text_of(const json& entry, const char* key) {
  const auto member = entry.find(key);
  if (member == entry.end() || !member->is_string()) return std::nullopt;
  return reveal_bytes(member->get_ref<const std::string&>());
}

std::optional<std::vector<std::string>> words_of(const json& entry) {
  const auto arguments = entry.find("arguments");
  if (arguments != entry.end() && arguments->is_array()) {
    std::vector<std::string> words;
    for (const json& argument : *arguments) {
      if (!argument.is_string()) return std::nullopt;
      words.push_back(reveal_bytes(argument.get_ref<const std::string&>()));
    }
    return words;
  }
  const std::optional<std::string> command = text_of(entry, "command");
  return command ? split_words(*command, Quoting::Shell) : std::nullopt;
}

/// Reads one entry; returns what is wrong with it, or an empty string.
std::string_view read_entry(const json& entry, const std::string& folder, CompileCommand& command) {
  if (!entry.is_object()) return "is not an object";
  const auto file = text_of(entry, "file");
  if (!file || file->empty()) return "has no \"file\"";
  const auto directory = text_of(entry, "directory");
  command.file = normal_path(*file, directory ? normal_path(*directory, folder) : folder);
  if (!directory) return "has no \"directory\"";
  auto words = words_of(entry);
  if (!words || words->empty() || words->front().empty()) {
    return "has neither a \"command\" nor \"arguments\" that can be read";
  }
  const std::array<const std::string*, 2> paths{&*file, &*directory};
  const auto has_nul = [](const std::string& text) { return text.find('\0') != std::string::npos; };
  if (std::any_of(paths.begin(), paths.end(), [&](const auto* path) { return has_nul(*path); }) ||
      std::any_of(words->begin(), words->end(), has_nul)) {
    command.file.clear();
    return "contains a NUL character";
  }
  command.directory = normal_path(*directory, folder);
  command.file = normal_path(*file, command.directory);
  take_out_of_shell(*words, command.directory);
  command.arguments = std::move(*words);
  return "";
}

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

/// The database in a folder or in the first of its build folders.
std::optional<std::string> database_in(const fs::path& folder) {
  if (is_file(folder / database_name)) return (folder / database_name).string();
  std::vector<std::string> found;
  std::error_code error;
  fs::directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const bool build = entry->path().filename().string().starts_with("build");
    if (build && is_file(entry->path() / database_name)) {
      found.push_back((entry->path() / database_name).string());
    }
  }
  if (found.empty()) return recorded_commands_in((folder / ".snug").string());
  return *std::min_element(found.begin(), found.end());
}

}  // namespace

CompileDatabase load_database(const std::string& path) {
  const std::string full = normal_path(path, fs::current_path().string());
  std::error_code error;
  // A pipe that nobody writes to would never end; that of a shell's <(...) does.
  const bool of_shell = full.starts_with("/dev/fd/") || full.starts_with("/proc/");
  if (fs::exists(full, error) && !fs::is_directory(full, error) &&
      !fs::is_regular_file(full, error) && !of_shell) {
    throw Error(fmt::format("{}: not a regular file{}", full, what_to_do));
  }
  if (!fs::is_directory(full, error)) return read_database(read_file(full), full);
  CompileDatabase database = read_database(recorded_database(full), full);
  // A build may compile files that are gone when it ends.
  std::erase_if(database.commands, [&](const CompileCommand& command) {
    return command.broken.empty() && !fs::exists(command.file, error);
  });
  if (database.commands.empty()) {
    throw Error(
        fmt::format("{}: none of the sources that 'snug cc' saw is there any more; build "
                    "again",
                    full));
  }
  return database;
}

CompileDatabase read_database(std::string_view bytes, const std::string& path) {
  CompileDatabase database;
  database.path = path;
  const std::string text = hide_bytes(bytes);
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    reject(database.path, 1, "the file is empty");
  }
  const json entries = parse(database.path, text);
  if (!entries.is_array()) reject(database.path, 1, "it is no list of commands");
  if (entries.empty()) reject(database.path, 1, "it names no files");

  // Where the database is reached by a link, ".." leads out of the folder that it really lies in.
  std::string folder = fs::path(database.path).parent_path().string();
  std::error_code error;
  if (const fs::path real = fs::canonical(folder, error); !error) folder = real.string();
  for (std::size_t index = 0; index < entries.size(); ++index) {
    CompileCommand command;
    const std::string_view why = read_entry(entries[index], folder, command);
    if (!why.empty()) {
      if (command.file.empty()) command.file = database.path;
      command.directory = folder;
      command.arguments.clear();
      command.broken = fmt::format("entry {} of {} (line {}) {}", index + 1, database.path,
                                   line_at(text, offset_of_element(text, index)), why);
    }
    database.commands.push_back(std::move(command));
  }
  return database;
}

std::optional<std::string> find_database(const std::string& start) {
  fs::path folder = normal_path(start, fs::current_path().string());
  std::error_code error;
  if (!fs::is_directory(folder, error)) folder = folder.parent_path();
  while (true) {
    if (auto found = database_in(folder)) return found;
    if (folder == folder.parent_path()) return std::nullopt;
    folder = folder.parent_path();
  }
}

Language language_of(std::string_view path) {
  const std::string extension = fs::path(path).extension().string();
  static constexpr auto headers =
      std::to_array<std::string_view>({".hpp", ".hh", ".hxx", ".h++", ".tpp"});
  if (extension == ".c") return Language::C;
  if (extension == ".h" || extension == ".H" || extension == ".inl" || extension == ".ipp" ||
      extension == ".inc" ||
      std::find(headers.begin(), headers.end(), extension) != headers.end()) {
    return Language::Header;
  }
  static constexpr auto sources =
      std::to_array<std::string_view>({".cpp", ".cc", ".cxx", ".c++", ".C", ".CPP", ".cp", ".ixx"});
  const bool source = std::find(sources.begin(), sources.end(), extension) != sources.end();
  return source ? Language::Cxx : Language::Other;
}

std::vector<CompileCommand> commands_for_files(const std::vector<std::string>& files,
                                               const std::vector<std::string>& flags,
                                               const std::string& directory) {
  const bool names_compiler =
      !flags.empty() && !flags[0].empty() && flags[0][0] != '-' && flags[0][0] != '@';
  std::vector<CompileCommand> commands;
  for (const std::string& file : files) {
    CompileCommand command;
    command.directory = normal_path(directory, fs::current_path().string());
    command.file = normal_path(file, command.directory);
    const Language language = language_of(command.file);
    if (!names_compiler) command.arguments.emplace_back(language == Language::C ? "cc" : "c++");
    command.arguments.insert(command.arguments.end(), flags.begin(), flags.end());
    command.arguments.push_back(command.file);
    commands.push_back(std::move(command));
  }
  return commands;
}

}  // namespace snug
