// Files of which libclang gets another text than their own, of the same length.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "scan/command/driver.hpp"

namespace snug {

/// CMake marks the header that it makes of a project's precompiled ones as a system header, and
/// with it all that it includes, the project's own headers too. The text without that mark;
/// nothing if it is no such header. O(size).
[[nodiscard]] std::optional<std::string> without_system_mark(std::string_view text);

/// The texts to parse a command with: `texts` (by path; what is not among them is read from the
/// disk), a module interface without its exports and CMake's headers without their mark.
[[nodiscard]] std::map<std::string, std::string> front_end_texts(
    const FrontEndCommand& command, std::map<std::string, std::string> texts);

/// The own texts of the files that front_end_texts() changes, for what quotes and hashes them.
[[nodiscard]] std::map<std::string, std::string> own_texts(
    const FrontEndCommand& command, const std::map<std::string, std::string>& texts);

}  // namespace snug
