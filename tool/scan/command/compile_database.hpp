// compile_commands.json, and commands made up for files that are in none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace snug {

/// How one file is compiled. `arguments[0]` is the compiler as the database names it.
struct CompileCommand {
  std::string file;       ///< Absolute, normal.
  std::string directory;  ///< Absolute; relative paths in the arguments start here.
  std::vector<std::string> arguments;
  /// Not empty: the entry of the database cannot be used, and why, with its number and line. `file`
  /// is then what it names or, if it names none, the database.
  std::string broken{};
};

struct CompileDatabase {
  std::string path;
  std::vector<CompileCommand> commands;
};

/// Reads a database. Throws Error with file, line and what to do for anything that is no database;
/// an empty one is an error too. A folder is one that record_command() filled. An entry that cannot
/// be used becomes a command that is `broken`.
[[nodiscard]] CompileDatabase load_database(const std::string& path);

/// The same for the bytes of a database; `path` is the absolute path that they are from.
[[nodiscard]] CompileDatabase read_database(std::string_view bytes, const std::string& path);

/// Looks for compile_commands.json from `start` (a file or folder) upwards, at each step also in
/// `build*/`, else for what `snug cc` recorded. Of several build folders the first by name is
/// taken. Absolute.
[[nodiscard]] std::optional<std::string> find_database(const std::string& start);

enum class Language : std::uint8_t { C, Cxx, Header, Other };

/// The language that the end of a file's name tells.
[[nodiscard]] Language language_of(std::string_view path);

/// Commands for files without a database: `flags` after the language's default compiler (`cc` for
/// C, `c++` for everything else, headers included). A first flag that is no flag is the compiler.
[[nodiscard]] std::vector<CompileCommand> commands_for_files(const std::vector<std::string>& files,
                                                             const std::vector<std::string>& flags,
                                                             const std::string& directory);

}  // namespace snug
