// Splitting text into the words of a command line, as shells and compilers do it; no shell is run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"

namespace snug {

enum class Quoting : std::uint8_t {
  Shell,         ///< POSIX shell: in double quotes a backslash escapes only " \ $ ` and newline.
  ResponseFile,  ///< GCC's @file: a backslash escapes any byte, inside quotes too.
  Windows,       ///< cl.exe's @file: a backslash escapes a double quote, and itself before one.
};

/// The words of a text. Nothing is expanded: `$HOME` and `*` stand for themselves.
/// Empty if a quotation never ends.
[[nodiscard]] std::optional<std::vector<std::string>> split_words(std::string_view text,
                                                                  Quoting quoting);

/// Replaces every @FILE argument by the words of that file, relative to `directory`; nested ones
/// too. Returns what is wrong in one sentence, or an empty string. An @FILE that cannot be read, is
/// no regular file, or includes itself, is wrong.
[[nodiscard]] std::string expand_response_files(std::vector<std::string>& arguments,
                                                const std::string& directory,
                                                Quoting quoting = Quoting::ResponseFile,
                                                const Files& files = disk_files());

}  // namespace snug
