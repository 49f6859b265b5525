// Module units as the front end's library can walk them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace snug {

/// libclang shows nothing of what an `export` declaration holds. The text of a module interface
/// with blanks in the place of each `export` (and of the braces of export blocks), the module
/// declaration left alone: the same declarations at the same places, laid out the same. Nothing if
/// the text is no module interface or exports nothing. O(size).
[[nodiscard]] std::optional<std::string> without_exports(std::string_view text);

}  // namespace snug
