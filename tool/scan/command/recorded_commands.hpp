// Commands of compilers that `snug cc` saw, one small file each, so that the compilers of a
// parallel build do not wait for each other: a compile database that grows.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace snug {

/// The sources that a command of a compiler compiles, as written: none for a link, a look at the
/// preprocessed text or a question. `arguments[0]` is the compiler, or a launcher before it.
[[nodiscard]] std::vector<std::string> compiled_sources(const std::vector<std::string>& arguments);

/// Keeps the command for each source that it compiles, in place of an earlier one with the same
/// folder, source and output. Sources of a build system's own trials are left out. Each file is
/// there as a whole or not at all. Throws Error if nothing can be written.
void record_command(const std::string& folder, const std::vector<std::string>& arguments,
                    const std::string& directory);

/// Where commands that run in `directory` are recorded: the nearest .snug above it that is there,
/// else one beside the nearest .git or .snug.toml, else one in the outermost folder of the build
/// files around it.
[[nodiscard]] std::string record_folder(const std::string& directory);

/// The folder of recorded commands that `folder` is, or that is in it or in its .snug; nothing if
/// there is none.
[[nodiscard]] std::optional<std::string> recorded_commands_in(const std::string& folder);

/// The text of a compile database with every command of the folder, in the order of their names.
[[nodiscard]] std::string recorded_database(const std::string& folder);

}  // namespace snug
